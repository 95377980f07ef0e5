"""What the page of the installation prints."""

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import version

from alembic.script import ScriptDirectory

from s11.core import clock, schedule
from s11.core.config import PROJECT, Settings
from s11.core.safety import faults_of
from s11.notices import queries as notices
from s11.system import queries
from s11.trail import queries as trail
from s11.web.filters import moment, plural

GIGABYTE = 1024**3
LITTLE_SHARE, LITTLE_BYTES = 0.1, GIGABYTE


@dataclass(frozen=True)
class Line:
    """One thing and how it stands; `fault` says what to do where it does not stand well."""

    key: str
    value: str
    fault: str = ""


def state(settings: Settings) -> list[Line]:
    """How the installation is."""
    return [database(), schema(), disk(settings), by_the_clock(), *outbox(), trail_end(), versions()]


def database() -> Line:
    return Line("Database", queries.database_version())


def schema() -> Line:
    here, newest = queries.schema(), ScriptDirectory(str(PROJECT / "migrations")).get_current_head()
    if here == newest:
        return Line("Its tables", f"up to date ({here})")
    return Line("Its tables", f"at {here}", f"The newest is {newest}. Run “flask db upgrade”.")


def disk(settings: Settings) -> Line:
    found = shutil.disk_usage(settings.data)
    share = found.free / found.total
    little = share < LITTLE_SHARE or found.free < LITTLE_BYTES
    return Line(
        "Room on the disk",
        f"{found.free / GIGABYTE:.1f} GB of {found.total / GIGABYTE:.1f} GB free ({share:.0%})",
        "Make room before it is full: nothing could be saved." if little else "",
    )


def by_the_clock() -> Line:
    last = schedule.last_started()
    fault = "See “By the clock”: nothing has run for a while." if schedule.is_silent(clock.now()) else ""
    return Line("Last run by the clock", moment(last) if last else "never", fault)


def outbox() -> list[Line]:
    waiting, unsure, not_sent = notices.numbers()
    return [
        Line("Mail waiting to go out", str(waiting)),
        Line("Mail that may have been sent", str(unsure)),
        Line(
            "Mail that could not be delivered",
            str(not_sent),
            "“flask notices send” names the latest with the reason." if not_sent else "",
        ),
    ]


def trail_end() -> Line:
    head = trail.head()
    return Line("Entries in the trail", plural(head.number if head else 0, "entry", "entries"))


def versions() -> Line:
    return Line("Versions", f"Python {platform.python_version()}, Flask {version('flask')}")


def safety(settings: Settings) -> list[Line]:
    """The settings in force that decide how safe the service is; no secret is among them."""
    yes_no = {True: "yes", False: "no"}
    key = "set" if settings.secret_key.get_secret_value() else "made by the service, in the data folder"
    return [
        Line("Address in links", settings.address),
        Line("Over https only", yes_no[settings.is_https]),
        Line("Further host names", ", ".join(settings.further_hosts) or "none"),
        Line("Proxies believed", str(settings.proxies)),
        Line("Signing key", key),
        Line(
            "A sign-in ends after",
            f"{settings.idle_minutes} minutes without activity, {settings.board_idle_minutes} for the Board; "
            f"{settings.session_hours} hours in any case",
        ),
        Line("Mail server", settings.mail_server or "none: mail is printed by “flask notices send”"),
        Line("Mail over TLS", yes_no[settings.mail_tls]),
        Line("The trail is kept for", plural(settings.trail_years, "year")),
    ]


def warnings(settings: Settings) -> list[str]:
    """What is unsafe about the settings, if others than this machine can reach the service."""
    return faults_of(settings)
