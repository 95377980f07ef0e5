"""A Section 11 self-assessment and peer-challenge platform.

`create_app` is the one place that knows every room.
"""

from datetime import timedelta

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
from s11.actions.cli import actions_cli
from s11.actions.views import blueprint as actions_pages
from s11.analysis import permissions as analysis_permissions
from s11.analysis.cli import analysis_cli
from s11.analysis.views import blueprint as analysis_pages
from s11.challenge import pages as challenge_told
from s11.challenge import permissions as challenge_permissions
from s11.challenge.views import blueprint as challenge_pages
from s11.core import database, schedule, storage
from s11.core.config import PROJECT, Settings, UnsafeSettings, read_settings, secret_of
from s11.core.database import db
from s11.core.safety import faults_of
from s11.core.storage import LocalStorage, Storage
from s11.cycles import permissions as cycle_permissions
from s11.cycles.views import blueprint as cycles_pages
from s11.desk import models as desk_models
from s11.desk.cli import cycles_cli
from s11.desk.operations.reminding import remind_by_day
from s11.desk.pages.calls import calls_told
from s11.desk.views import desk as desk_pages
from s11.evidence.cli import evidence_cli
from s11.evidence.requests import models as request_models
from s11.evidence.uses import uses_told_by
from s11.evidence.views import blueprint as evidence_pages
from s11.home.cli import retention_cli
from s11.home.views import blueprint as home_pages
from s11.joining import permissions as joining_permissions
from s11.joining.views import blueprint as joining_pages
from s11.moderation.views import blueprint as moderation_pages
from s11.notices.cli import notices_cli
from s11.organisations.cli import organisations_cli
from s11.packs.cli import packs_cli
from s11.packs.copies.views import blueprint as copies_pages
from s11.packs.papers.views import blueprint as papers_pages
from s11.packs.views import blueprint as packs_pages
from s11.people import passwords
from s11.people.cli import people_cli
from s11.questionnaires import permissions as questionnaire_permissions
from s11.questionnaires.cli import questionnaires_cli
from s11.questionnaires.views import blueprint as questionnaires_pages
from s11.register import permissions as register_permissions
from s11.register.told import sections_told_by
from s11.register.views import blueprint as register_pages
from s11.returns.pages.over_the_years import returns_told
from s11.returns.queries import counted_by, told_by, uses_in_returns
from s11.returns.scheduled import ISSUES
from s11.returns.views import asked as asked_pages
from s11.returns.views import blueprint as returns_pages
from s11.returns.views import changes as changes_pages
from s11.returns.views import verify as verify_pages
from s11.returns.views.labels import labels_of
from s11.system import permissions as system_permissions
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
    register_pages,
)  # fmt: skip
COMMANDS = (
    questionnaires_cli, organisations_cli, people_cli, access_cli, cycles_cli, evidence_cli, actions_cli,
    analysis_cli, packs_cli, notices_cli, trail_cli, retention_cli, seeding.seed_cli,
)  # fmt: skip
NAVIGATION = (
    Offer("Home", "home.home", lambda person: True, 0),
    Offer("The year", "desk.year", cycle_permissions.can_run, 10),
    Offer("Analysis", "analysis.index", analysis_permissions.can_see_any, 20),
    Offer("Challenge days", "challenge.days", challenge_permissions.can_see_any, 30),
    Offer("Actions", "actions.plan", action_permissions.can_see_any, 40),
    Offer("Questionnaires", "questionnaires.editions", questionnaire_permissions.can_read, 50),
    Offer("Organisations", "register.organisations", register_permissions.can_read_any, 52),
    Offer("People", "joining.index", joining_permissions.can_see_any, 55),
    Offer("Trail", "trail.entries", trail_permissions.can_read_any, 60),
    Offer("Today", "desk.today", cycle_permissions.can_run, 5, bar="year"),
    Offer("Rounds", "desk.year", cycle_permissions.can_run, 10, bar="year"),
    Offer("Calendar", "cycles.calendar", cycle_permissions.can_run, 20, bar="year"),
    Offer("Installation", "system.overview", system_permissions.can_run, 70),
)

# What is done by the clock, in this order: see `s11.core.schedule`.
TASKS: tuple[schedule.Task, ...] = (
    ISSUES,
    schedule.Task("reminders", "Reminders that are due today go out", timedelta(hours=1), remind_by_day),
)
# Rooms whose pages are still to come bring their tables all the same.
TABLES = (desk_models, request_models)

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
    uses_told_by(app, uses_in_returns)
    counted_by(app, "action", action_queries.by_criterion)
    fields_named_by(app, labels_of)
    sections_told_by(app, returns=returns_told, calls=calls_told)
    told_by(app, actions=action_pages.beside, second_views=challenge_told.second_views)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt("s11.access.views.signing_in.sign_out")
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
