"""A Section 11 self-assessment and peer-challenge platform.

`create_app` is the one place that knows every room.
"""

from datetime import time, timedelta

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from s11 import seeding
from s11.access import permissions as access_permissions
from s11.access import sessions, sso
from s11.access.cli import access_cli
from s11.access.views import blueprint as access_pages
from s11.actions import pages as action_pages
from s11.actions import permissions as action_permissions
from s11.actions import queries as action_queries
from s11.actions.bringing import permissions as bringing_permissions
from s11.actions.bringing.cli import actions_cli
from s11.actions.reminding.operations import remind_what_is_due as remind_of_actions
from s11.actions.views import blueprint as actions_pages
from s11.analysis import permissions as analysis_permissions
from s11.analysis.cli import analysis_cli
from s11.analysis.views import blueprint as analysis_pages
from s11.challenge import pages as challenge_told
from s11.challenge import permissions as challenge_permissions
from s11.challenge import queries as challenge_queries
from s11.challenge.readiness import steps_told_by as ready_told_by
from s11.challenge.views import blueprint as challenge_pages
from s11.core import database, schedule, storage
from s11.core.config import PROJECT, Settings, UnsafeSettings, read_settings, secret_of
from s11.core.database import db
from s11.core.safety import faults_of
from s11.core.storage import LocalStorage, Storage
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycle_queries
from s11.cycles.views import blueprint as cycles_pages
from s11.desk.cli import cycles_cli
from s11.desk.operations.reminding import remind_by_day
from s11.desk.pages.calls import calls_told
from s11.desk.views import desk as desk_pages
from s11.evidence.cli import evidence_cli
from s11.evidence.requests import permissions as request_permissions
from s11.evidence.requests.operations import remind_what_is_due as remind_of_requests
from s11.evidence.requests.pages import requests_told
from s11.evidence.requests.views import blueprint as request_pages
from s11.evidence.uses import kept_by, uses_told_by
from s11.evidence.views import blueprint as evidence_pages
from s11.home import nightly
from s11.home.cli import retention_cli
from s11.home.views import blueprint as home_pages
from s11.joining import permissions as joining_permissions
from s11.joining.views import blueprint as joining_pages
from s11.moderation.held import days_told_by
from s11.moderation.views import blueprint as moderation_pages
from s11.notices import pages as notice_pages
from s11.notices import permissions as notice_permissions
from s11.notices import running as notice_running
from s11.notices.cli import notices_cli
from s11.notices.views import notices as notices_pages
from s11.packs import told as packs_told
from s11.packs.cli import packs_cli
from s11.packs.copies.views import blueprint as copies_pages
from s11.packs.letters.views import blueprint as letters_pages
from s11.packs.operations import finish_all as finish_packs
from s11.packs.papers.views import blueprint as papers_pages
from s11.packs.plans.views import blueprint as plan_papers_pages
from s11.packs.views import blueprint as packs_pages
from s11.partnerships import permissions as partnership_permissions
from s11.partnerships.uses import files_past_told_by
from s11.partnerships.views import blueprint as partnerships_pages
from s11.people import passwords
from s11.people.cli import people_cli
from s11.questionnaires import permissions as questionnaire_permissions
from s11.questionnaires.cli import questionnaires_cli
from s11.questionnaires.views import blueprint as questionnaires_pages
from s11.register import permissions as register_permissions
from s11.register.files.asked import asked_told_by
from s11.register.files.cli import organisations_cli as register_cli
from s11.register.files.tasks import FORGOTTEN_FILES
from s11.register.told import sections_told_by
from s11.register.views import blueprint as register_pages
from s11.returns.pages.over_the_years import returns_told
from s11.returns.queries import counted_by, told_by, uses_in_returns
from s11.returns.queries.asked_now import asked_in_open_cycles, submitted_by
from s11.returns.queries.expired import files_past
from s11.returns.scheduled import ISSUES
from s11.returns.views import asked as asked_pages
from s11.returns.views import blueprint as returns_pages
from s11.returns.views import changes as changes_pages
from s11.returns.views import verify as verify_pages
from s11.returns.views.labels import labels_of
from s11.schools import permissions as school_permissions
from s11.schools.views import schools as schools_pages
from s11.schools.views.beside import stands_beside
from s11.system import permissions as system_permissions
from s11.system.cli import schedule_cli
from s11.system.views import blueprint as system_pages
from s11.trail import permissions as trail_permissions
from s11.trail.cli import trail_cli
from s11.trail.views import blueprint as trail_pages
from s11.web import errors, filters, headers, limits, navigation, requests, transactions, uploads
from s11.web.kept import fields_named_by
from s11.web.navigation import Offer

# Named apart from the rooms: `from s11 import actions` must give the room, not its pages.
BLUEPRINTS = (
    home_pages, access_pages, joining_pages, questionnaires_pages, cycles_pages, evidence_pages, desk_pages,
    returns_pages, asked_pages, moderation_pages, actions_pages, analysis_pages, challenge_pages, packs_pages,
    trail_pages, system_pages, changes_pages, papers_pages, copies_pages, verify_pages,
    request_pages,
    register_pages,
    notices_pages,
    schools_pages,
    partnerships_pages,
    letters_pages,
    plan_papers_pages,
)  # fmt: skip
COMMANDS = (
    questionnaires_cli, register_cli, people_cli, access_cli, cycles_cli, evidence_cli, actions_cli,
    analysis_cli, packs_cli, notices_cli, trail_cli, retention_cli, seeding.seed_cli,
    schedule_cli,
)  # fmt: skip
NAVIGATION = (
    Offer("Home", "home.home", lambda person: True, 0),
    Offer("Your schools", "schools.mine", school_permissions.has_several, 5),
    Offer("The year", "desk.year", cycle_permissions.can_run, 10, leads_to="year"),
    Offer("Analysis", "analysis.index", analysis_permissions.can_see_any, 20),
    Offer("Challenge days", "challenge.days", challenge_permissions.can_see_any, 30),
    Offer("Actions", "actions.plan", action_permissions.can_see_any, 40, leads_to="plan"),
    Offer("Questionnaires", "questionnaires.editions", questionnaire_permissions.can_read, 50),
    Offer("Organisations", "register.organisations", register_permissions.can_read_any, 52),
    Offer("People", "joining.index", joining_permissions.can_see_any, 55),
    Offer("Trail", "trail.entries", trail_permissions.can_read_any, 60),
    Offer("Plan", "actions.plan", action_permissions.can_see_any, 10, bar="plan"),
    Offer("Reviews", "actions.sources", action_permissions.can_see_any, 20, bar="plan"),
    Offer("What changed", "actions.since", action_permissions.can_see_any, 30, bar="plan"),
    Offer("Gaps", "actions.gaps", action_permissions.can_see_gaps, 40, bar="plan"),
    Offer("Summary and charts", "analysis.plan", analysis_permissions.can_see_any, 60, bar="plan"),
    Offer("Papers", "plan_papers.index", action_permissions.can_see_any, 70, bar="plan"),
    Offer("Bring in a plan", "actions.bring", bringing_permissions.can_bring_any, 80, bar="plan"),
    Offer("Today", "desk.today", cycle_permissions.can_run, 5, bar="year"),
    Offer("Settings", "partnerships.index", partnership_permissions.can_see_any, 65),
    Offer("Cycles", "desk.year", cycle_permissions.can_run, 10, bar="year"),
    Offer("Evidence requests", "evidence_requests.every", request_permissions.can_see_any, 50, bar="year"),
    Offer("Calendar", "cycles.calendar", cycle_permissions.can_run, 20, bar="year"),
    Offer("Mail", "notices.outbox", notice_permissions.can_see_any, 80, bar="year"),
    Offer("Groups", "schools.cycles_to_choose", school_permissions.can_see_any_group, 80, bar="year"),
    Offer("Installation", "system.overview", system_permissions.can_run, 70),
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# What is done by the clock, in this order: see `s11.core.schedule`.
TASKS: tuple[schedule.Task, ...] = (
    ISSUES,
    schedule.Task("reminders", "Send the reminders of the day", MINUTE * 60, remind_by_day),
    schedule.Task("evidence requests", "Remind of evidence asked for", DAY, remind_of_requests, time(7)),
    schedule.Task("actions", "Remind of actions", DAY, remind_of_actions, time(7)),
    schedule.Task("unsigned", "Tell offices of returns nobody can sign", DAY, nightly.tell_offices, time(6)),
    schedule.Task("digests", "Put news together", MINUTE * 60, notice_running.fold_news),
    schedule.Task("mail", "Send mail", MINUTE, notice_running.send_by_clock),
    schedule.Task("bounces", "Read what came back of mail", MINUTE * 10, notice_running.read_by_clock),
    schedule.Task("evidence scan", "Scan files, sweep leftovers", MINUTE * 5, nightly.scan_evidence),
    schedule.Task("retention", "Remove what is past its time", DAY, nightly.remove_old, time(2)),
    schedule.Task("evidence verify", "Read every stored file", DAY, nightly.verify_evidence, time(3)),
    FORGOTTEN_FILES,
    schedule.Task("packs", "Write what is left of packs", MINUTE * 5, finish_packs),
)

csrf = CSRFProtect()
migrate = Migrate()
login = LoginManager()


def create_app(settings: Settings | None = None, *, files: Storage | None = None) -> Flask:
    """The application, from the settings given or from the environment.

    Raises `UnsafeSettings` rather than serving others unsafely.
    """
    settings = settings or read_settings()
    faults = faults_of(settings)
    if faults:
        raise UnsafeSettings(faults)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask(__name__, template_folder=str(PROJECT / "templates"), static_folder=str(PROJECT / "static"))
    configure(app, settings)
    behind_proxies(app, settings.proxies)
    database.init(app)
    storage.init(app, files or stored_files(settings))
    passwords.init(app, fast=settings.fast_passwords)
    migrate.init_app(app, db, directory=str(PROJECT / "migrations"), render_as_batch=True, compare_type=True)
    # Headers first: the handlers that run after a request do so in reverse order, and the
    # transaction must be over before anything looks at the answer.
    headers.init(app, https=settings.is_https)
    sessions.init(app)
    transactions.init(app)
    requests.init(app)
    uploads.init(app)
    limits.init(app, settings.rate_limits)
    csrf.init_app(app)
    sign_in(app)
    access_permissions.init(app, settings)
    sso.init(app, settings.sso_providers)
    errors.init(app)
    filters.init(app)
    navigation.init(app)
    navigation.offer(app, NAVIGATION)
    schedule.tasks_are(app, TASKS)
    uses_told_by(app, uses_in_returns, action_queries.uses_in_actions)
    kept_by(app, action_queries.kept_for_actions)
    asked_told_by(app, asking=asked_in_open_cycles, returned=submitted_by)
    files_past_told_by(app, files_past)
    counted_by(app, "action", action_queries.by_criterion)
    fields_named_by(app, labels_of)
    notice_pages.titled_by(app, cycle_queries.visible_to)
    notice_pages.titled_by(app, challenge_queries.visible_to)
    days_told_by(app, challenge_queries.finished_on)
    ready_told_by(app, packs_told.packs, packs_told.letters)
    app.jinja_env.globals["mail_late_since"] = notice_pages.late_since
    app.jinja_env.globals["stands_beside"] = stands_beside
    sections_told_by(app, returns=returns_told, requests=requests_told, calls=calls_told)
    told_by(
        app,
        actions=action_pages.beside,
        second_views=challenge_told.second_views,
        released=packs_told.released,
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt("s11.access.views.signing_in.sign_out")
    # Sent by mail programs and mail providers, which have no form of ours.
    csrf.exempt("s11.notices.views.stopping.stop")
    csrf.exempt("s11.notices.views.reporting.bounces")
    for group in COMMANDS:
        app.cli.add_command(group)
    return app


def stored_files(settings: Settings) -> Storage:
    """Files on the disk of this machine, which is never filled to its end."""
    return LocalStorage(settings.evidence_folder, keep_free=settings.disk_free_mb * 1024 * 1024)


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings, derived from ours."""
    app.config.update(
        S11=settings,
        SECRET_KEY=secret_of(settings),
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": not settings.sqlalchemy_url.startswith("sqlite"),
            "hide_parameters": True,  # they are what people wrote, and must not reach a log
        },
        TRUSTED_HOSTS=settings.hosts,
        # Room for a form of many long commentaries; the upload page raises it for itself.
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        PERMANENT_SESSION_LIFETIME=max(settings.idle_minutes, settings.board_idle_minutes) * 60,
        SESSION_REFRESH_EACH_REQUEST=False,  # `access.sessions` does, and not for style sheets
        SESSION_COOKIE_NAME="__Host-s11" if settings.is_https else "s11",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: an afternoon's work has one page open
        WTF_CSRF_SSL_STRICT=False,  # the token decides; council proxies strip the Referer header
        PROVIDE_AUTOMATIC_OPTIONS=False,  # nobody asks but somebody looking round
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def behind_proxies(app: Flask, count: int) -> None:
    """Where a request comes from, as the proxies of our own say; anybody else's word is not taken.

    Only the address is theirs to say: host and scheme are settings.
    """
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=0, x_host=0)  # type: ignore[method-assign]


def sign_in(app: Flask) -> None:
    """Who is asking: found from the session, and forgotten when the session has ended."""
    login.init_app(app)
    login.session_protection = None  # council networks change a person's address during the day
    login.user_loader(sessions.person_of)
