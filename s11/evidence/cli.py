"""`flask evidence`: what happens to stored files by themselves."""

from flask.cli import AppGroup

from s11.evidence.scan_cli import scan

evidence_cli = AppGroup("evidence", help="Check the stored files.")
evidence_cli.add_command(scan)
