"""The one settings file. Every value comes from the environment (`PORTICO_…`), secrets also from files.

Safe by default: without a word of configuration nothing is in debug, and missing keys refuse to start.
`PORTICO_DEMO=1` (set by `make demo`) makes keys of its own under the data folder and relaxes TLS; where no
variable is set at all and the demo was built in this folder, commands work on the demo.
"""

import sys
from pathlib import Path

from portico.config import database, env, keys
from portico.config.logs import LOGGING  # noqa: F401 - a Django setting

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = env.path("PORTICO_VAR_DIR", BASE_DIR / "var")
TESTING = env.flag("PORTICO_TESTING")
DEMO = env.flag("PORTICO_DEMO", default=env.says_nothing() and (VAR_DIR / "demo.json").exists())
BEHIND_TLS = env.flag("PORTICO_BEHIND_TLS", default=not (DEMO or TESTING))
DEBUG = False

_KEYS = keys.load(own=VAR_DIR / "keys" if DEMO else None, testing=TESTING)
SECRET_KEY = _KEYS.secret_key
SECRET_KEY_FALLBACKS: list[str] = env.words("PORTICO_SECRET_KEY_FALLBACKS")
PORTICO_VAULT = _KEYS.vault
PORTICO_AUDIT_KEY = _KEYS.audit_key
PORTICO_AUDIT_OLD_KEYS = _KEYS.audit_old_keys

ALLOWED_HOSTS = env.hosts("PORTICO_HOSTS", "localhost,127.0.0.1,[::1]")
SITE = env.text("PORTICO_SITE", f"https://{ALLOWED_HOSTS[0]}" if BEHIND_TLS else "http://localhost:8000")
SITE = SITE.rstrip("/")
# A portal beneath a folder of its host: the proxy takes the folder off, and every address has it in front.
FOLDER = env.folder(SITE)
FORCE_SCRIPT_NAME = FOLDER or None
CSRF_TRUSTED_ORIGINS = env.words("PORTICO_ORIGINS")
PROXY_COUNT = env.number("PORTICO_PROXY_COUNT", 0, most=5)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_cotton",
    "portico.domains.audit",
    "portico.domains.jobs",
    "portico.domains.notifications",
    "portico.domains.plan",
    "portico.domains.accounts",
    "portico.domains.offices",
    "portico.domains.access",
    "portico.domains.exchange",
    "portico.domains.members",
    "portico.domains.library",
    "portico.domains.directory",
    "portico.domains.authorizations",
    "portico.domains.claims",
    "portico.domains.encounters",
    "portico.domains.registration",
    "portico.domains.work",
    "portico.domains.support",
    "portico.edges.web",
    "portico.edges.mail",
]
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["portico.domains.accounts.credentials.hashing.Argon2"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portico.edges.web.middleware.SecurityHeaders",
    "portico.edges.web.parts.Parts",
    "portico.edges.web.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portico.edges.web.middleware.Asking",
]
ROOT_URLCONF = "portico.config.urls"
WSGI_APPLICATION = "portico.config.wsgi.application"
FORM_RENDERER = "portico.edges.web.rendering.PorticoRenderer"
COTTON_DIR = "components"
COTTON_ISOLATE_BY_DEFAULT = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "portico.edges.web.context.house",
            ],
        },
    }
]

DATABASES = {
    "default": database.parse(env.text("PORTICO_DATABASE_URL", f"sqlite:///{VAR_DIR}/portico.sqlite3"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

USE_TZ = True
TIME_ZONE = "UTC"
PLAN_TIME_ZONE = env.text("PORTICO_TIME_ZONE", "America/Los_Angeles")
USE_I18N = False
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English (United States)")]  # those the pages are written in

STATIC_URL = f"{FOLDER}/static/"
STATIC_ROOT = env.path("PORTICO_STATIC_DIR", VAR_DIR / "static")
FILES_DIR = VAR_DIR / "files"
LIBRARY_INDEX_DIR = VAR_DIR / "library"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_ENGINE = "portico.domains.accounts.signing_in.session_store"
SESSION_COOKIE_NAME = "__Host-portico" if BEHIND_TLS else "portico"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "portico_csrf"
CSRF_FAILURE_VIEW = "portico.edges.web.site.errors.csrf_failed"
FIRST_SIGN_IN = env.choice("PORTICO_FIRST_SIGN_IN", "temporary_password", "link")
PUBLIC_DIRECTORY = env.choice("PORTICO_PUBLIC_DIRECTORY", "off", "names", "all")
NONPAR_TIER = env.choice("PORTICO_NONPAR_TIER", "off", "claims")
RECOVERY_QUESTION = env.choice("PORTICO_RECOVERY_QUESTION", "extra", "helpdesk", "off")
CONFIRMATION_MINUTES = env.number("PORTICO_CONFIRMATION_MINUTES", 10, least=1, most=60)
TRUSTED_DEVICE_DAYS = env.number("PORTICO_TRUSTED_DEVICE_DAYS", 30, most=90)
INACTIVE_DAYS = env.number("PORTICO_INACTIVE_DAYS", 90, most=3650)
INACTIVE_NOTICE_DAYS = env.number("PORTICO_INACTIVE_NOTICE_DAYS", 14, least=1, most=90)
IDENTITY_HOSTS = env.words("PORTICO_IDENTITY_HOSTS")
# Ways to prove who one is, beside the plan's desk: accounts.proving.provers says what each must be.
IDENTITY_PROVERS = env.classes(
    "PORTICO_IDENTITY_PROVERS",
    {
        "documents": "portico.domains.accounts.proving.document_proofs.ByDocuments",
        "contact": "portico.domains.accounts.proving.contact_proofs.ByContact",
        "payment": "portico.domains.claims.payment_proofs.ByPayment",
        "openid_connect": "portico.domains.accounts.proving.elsewhere_proofs.Elsewhere",
    },
)
# Asks the plan's other sign-ins whose account somebody tries here: accounts.signing_in.audiences.
AUDIENCE_DIRECTORY = env.dotted("PORTICO_AUDIENCE_DIRECTORY") or (
    "portico.demo.audiences.Directory" if DEMO else ""
)
CONTACTS_ON_FILE = "portico.domains.access.contacts.on_file"
IDENTITY_LOCAL = env.words("PORTICO_IDENTITY_LOCAL")
if IDENTITY_LOCAL and not (DEMO or TESTING):
    raise env.BadSetting("PORTICO_IDENTITY_LOCAL is for demos and tests; elsewhere a provider speaks https.")
IDLE_MINUTES = env.number("PORTICO_IDLE_MINUTES", 15, least=1, most=120)

SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_HSTS_SECONDS = 63_072_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # an encounter to be mended may have 999 lines of nine values
# Files sent in hold patients: they stay in memory, and a larger request arrives without its files.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1_048_576 + 65_536
UPLOAD_SCANNER = env.dotted("PORTICO_UPLOAD_SCANNER")
CLAMD = env.place("PORTICO_CLAMD")
if UPLOAD_SCANNER == "portico.shared.files.clamd.Clamd" and not CLAMD:
    raise env.BadSetting("PORTICO_CLAMD is not set; it says where the scanner clamd listens.")

MAILBOX_DIR = VAR_DIR / "mailbox"
EMAIL_BACKEND = env.text(
    "PORTICO_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = MAILBOX_DIR
EMAIL_HOST = env.text("PORTICO_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("PORTICO_SMTP_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("PORTICO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("PORTICO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("PORTICO_SMTP_TLS")
DEFAULT_FROM_EMAIL = env.text("PORTICO_MAIL_FROM", "portal@example.org")

SSN_SEARCH = env.flag("PORTICO_SSN_SEARCH", default=True)
AS_OF_MONTHS_BACK = env.number("PORTICO_AS_OF_MONTHS_BACK", 12, least=12, most=120)
AS_OF_MONTHS_AHEAD = env.number("PORTICO_AS_OF_MONTHS_AHEAD", 0, most=24)
DEMO_IDENTIFIERS = DEMO or TESTING
# How member IDs are written (# a digit, @ a letter): who asks without an account may name none.
MEMBER_ID_FORMS = env.forms(
    "PORTICO_MEMBER_ID_FORMS", "NLH########,NLH##########" if DEMO_IDENTIFIERS else ""
)
DEFAULT_LINE_834 = env.text("PORTICO_834_DEFAULT_LINE", "employer-hmo")
# How much one network may send without an account, and how much in files all of them together.
REGISTRATIONS_A_DAY = env.number("PORTICO_REGISTRATIONS_A_DAY", 20, least=1, most=10_000)
REGISTRATION_DRAFTS_A_DAY = env.number("PORTICO_REGISTRATION_DRAFTS_A_DAY", 200, least=1, most=100_000)
REGISTRATION_FILES_A_DAY = env.number("PORTICO_REGISTRATION_FILES_A_DAY", 20, least=1, most=10_000)
REGISTRATION_MEGABYTES_A_DAY = env.number(
    "PORTICO_REGISTRATION_MEGABYTES_A_DAY", 500, least=10, most=1_000_000
)
NETWORK_REQUESTS_A_DAY = env.number("PORTICO_NETWORK_REQUESTS_A_DAY", 10, least=1, most=10_000)
ENQUIRIES_AN_HOUR = env.number("PORTICO_ENQUIRIES_AN_HOUR", 10, least=1, most=10_000)
# Lines that people buy for themselves: lists of claims show them apart from those of groups.
INDIVIDUAL_LINES = env.words("PORTICO_INDIVIDUAL_LINES", "individual-family,individual-medicare-advantage")
EXPORT_ROWS = env.number("PORTICO_EXPORT_ROWS", 10_000, least=1, most=100_000)
BATCH_ROWS = env.number("PORTICO_BATCH_ROWS", 10_000, least=1, most=50_000)
KEY_SET_HOSTS = env.words("PORTICO_KEY_SET_HOSTS")
FHIR_SYSTEMS = env.text("PORTICO_FHIR_SYSTEMS", "https://portal.example.org/fhir/sid")
REAL_TIME_REQUESTS = env.number("PORTICO_REAL_TIME_REQUESTS", 20, least=1, most=1000)
X12_INSURANCE_TYPES = env.pairs(
    "PORTICO_X12_INSURANCE_TYPES",
    "medicare-advantage=HN,individual-medicare-advantage=HN,cal-mediconnect=HN,medi-cal=MC",
)
X12_BATCH_BYTES = env.number("PORTICO_X12_BATCH_MEGABYTES", 16, least=1, most=64) * 1_048_576
X12_BODY_SECONDS = env.number("PORTICO_X12_BODY_SECONDS", 30, least=1, most=600)
# Where files of encounters lie for the core system to fetch, and the ID it goes by in them.
ENCOUNTERS_OUT_DIR = env.path("PORTICO_ENCOUNTERS_OUT_DIR", VAR_DIR / "encounters-out")
CORE_SYSTEM_ID = env.text("PORTICO_CORE_SYSTEM_ID", "CORE")[:15]
X12_AT_ONCE = env.number("PORTICO_X12_AT_ONCE", 3, least=1, most=1000)
MAX_FEED_BYTES = env.number("PORTICO_MAX_FEED_BYTES", 4 * 1024**3 - 1, most=2**40)

JOB_HANDLERS = {
    "load_834": "portico.edges.loaders.enrolment_834.Handler",
    "load_providers": "portico.edges.loaders.providers.Handler",
    "load_benefits": "portico.edges.loaders.benefits.Handler",
    "load_835": "portico.edges.loaders.remittances_835.Handler",
    "load_accumulators": "portico.edges.loaders.accumulators.Handler",
    "load_837": "portico.edges.loaders.claims_837.Handler",
    "load_claims": "portico.edges.loaders.claim_extract.Handler",
    "load_licences": "portico.edges.loaders.licences.Handler",
    "load_exclusions": "portico.edges.loaders.exclusions.Handler",
    "load_library": "portico.edges.loaders.library.job.Handler",
    "load_requirements": "portico.edges.loaders.requirements.Handler",
    "load_zip_codes": "portico.edges.loaders.zip_codes.Handler",
    "refresh_directory": "portico.domains.directory.refreshing.RefreshDirectory",
    "reverse_load": "portico.edges.loaders.reversal.Handler",
    "mail_reset": "portico.domains.accounts.coming_back.resets.MailReset",
    "mail_usernames": "portico.domains.accounts.coming_back.reminders.MailUsernames",
    "ask_batch": "portico.domains.members.batch_asking.AskBatch",
    "x12_batch": "portico.edges.x12.batch_job.X12Batch",
    "x12_encounters": "portico.edges.x12.encounters.job.X12Encounters",
    "x12_encounter_batch": "portico.edges.x12.encounters.batch_job.X12EncounterBatch",
    "export_claims": "portico.domains.claims.export_job.ExportClaims",
    "x12_claim_status": "portico.edges.x12.claim_status.batch_job.X12ClaimStatus",
    "hand_on_encounters": "portico.edges.x12.encounters.handing_on.HandOnEncounters",
    "send_mail": "portico.edges.mail.sending.SendMail",
    "seal_audit": "portico.edges.cli.rounds.SealAudit",
    "tidy_jobs": "portico.edges.cli.rounds.TidyJobs",
    "forget_searches": "portico.edges.cli.rounds.ForgetSearches",
    "forget_tokens": "portico.edges.cli.rounds.ForgetTokens",
    "forget_sessions": "portico.edges.cli.rounds.ForgetSessions",
    "suspend_unused": "portico.edges.cli.rounds.SuspendUnused",
    "forget_drafts": "portico.edges.cli.rounds.ForgetDrafts",
    "forget_documents": "portico.edges.cli.rounds.ForgetDocuments",
    "forget_enquiries": "portico.edges.cli.rounds.ForgetEnquiries",
    "lapse_registrations": "portico.edges.cli.rounds.LapseRegistrations",
    "turn_access_requests": "portico.edges.cli.rounds.TurnAccessRequests",
    "keep_officers": "portico.edges.cli.office_rounds.KeepOfficers",
    "keep_reviews": "portico.edges.cli.office_rounds.KeepReviews",
    "drop_providers": "portico.edges.cli.office_rounds.DropProviders",
    "keep_clients": "portico.edges.cli.office_rounds.KeepClients",
    "tell_readers": "portico.edges.cli.reader_rounds.TellReaders",
    "forget_movements": "portico.edges.cli.rounds.ForgetMovements",
    "keep_directory": "portico.edges.cli.office_rounds.KeepDirectory",
    "keep_attestations": "portico.edges.cli.office_rounds.KeepAttestations",
    "forget_registrations": "portico.edges.cli.rounds.ForgetRegistrations",
    "forget_transaction_ids": "portico.edges.cli.rounds.ForgetTransactionIds",
    "scan_uploads": "portico.edges.cli.rounds.ScanUploads",
    "appear_documents": "portico.edges.cli.library_rounds.AppearDocuments",
    "watch_clocks": "portico.edges.cli.authorization_rounds.WatchClocks",
    "forget_exchanges": "portico.edges.x12.forgetting.ForgetExchanges",
}
# What offices wait for runs beside the loads, so that a feed and a batch never hold each other up.
BATCH_JOBS = [
    "ask_batch",
    "x12_batch",
    "x12_claim_status",
    "x12_encounters",
    "x12_encounter_batch",
    "export_claims",
]
# What people wait for at the sign-in runs beside the mails, so that no load holds it up.
SHORT_JOBS = ["mail_reset", "mail_usernames"]
# Batch files that other edges speak: portico.domains.members.batches says what reads and writes them.
BATCH_READERS = {"x12": "portico.edges.x12.eligibility.batch_files.read"}
BATCH_WRITERS = {"x12": "portico.edges.x12.eligibility.batch_files.write"}
# What tells under which number a file of encounters comes, and what is answered where it was used before.
ENCOUNTER_FILES = "portico.edges.x12.encounters.arriving.look"
# What answers whether a service of a plan needs an authorization: portico.domains.members.flags says how.
AUTHORIZATION_FLAGS = "portico.domains.authorizations.flags.of"
# What reads a file of the plan's rules of that: portico.domains.authorizations.requirement_lists says how.
REQUIREMENT_FILES = "portico.edges.loaders.requirements.read"
# What writes the file of an export, by its format: portico.domains.claims.export_job says how.
EXPORT_WRITERS = {
    "csv": "portico.edges.web.claims.export_files.as_csv",
    "xlsx": "portico.edges.web.claims.export_files.as_xlsx",
}
CLI_COMMANDS = [
    "portico.edges.cli.keys_command",
    "portico.edges.cli.plan_command",
    "portico.edges.cli.terms_command",
    "portico.edges.cli.office_command",
    "portico.edges.cli.person_command",
    "portico.edges.cli.machine_command",
    "portico.edges.cli.identity_provider_command",
    "portico.edges.cli.encounters_command",
    "portico.edges.loaders.command",
    "portico.demo.command",
]
JOB_SCHEDULE = {
    "send_mail": 5,
    "seal_audit": 60,
    "tidy_jobs": 86_400,
    "forget_searches": 86_400,
    "forget_tokens": 3_600,
    "forget_sessions": 3_600,
    "suspend_unused": 86_400,
    "forget_drafts": 86_400,
    "forget_documents": 86_400,
    "forget_enquiries": 86_400,
    "lapse_registrations": 3_600,
    "turn_access_requests": 300,
    "keep_officers": 300,
    "keep_reviews": 86_400,
    "drop_providers": 86_400,
    "keep_clients": 3_600,
    "tell_readers": 900,
    "forget_movements": 86_400,
    "keep_directory": 900,
    "keep_attestations": 86_400,
    "watch_clocks": 300,
    "forget_registrations": 86_400,
    "forget_transaction_ids": 300,
    "scan_uploads": 60,
    "appear_documents": 15,
    "refresh_directory": 86_400,
    "forget_exchanges": 86_400,
    "hand_on_encounters": 86_400,
}

if "pytest" in sys.modules and not TESTING:
    raise env.BadSetting("tests run with PORTICO_TESTING=1; `make test` sets it.")
