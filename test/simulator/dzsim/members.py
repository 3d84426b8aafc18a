"""members.py: shapes that many operations share, from the public model."""
from .shapes import Bool, Int, List, Map, Str, Struct, Time

ID = Str(pattern="[a-zA-Z0-9_-]{1,36}")
DOMAIN_ID = Str(pattern="dzd[-_][a-zA-Z0-9_-]{1,36}")
LINEAGE_EVENT_ID = Str(pattern="[a-z0-9]{14}")
TEXT = Str()
NAME = Str(low=1, high=256)
DESCRIPTION = Str(low=0, high=2048)
REVISION = Str(low=1, high=64)
CLIENT_TOKEN = Str(pattern="[\\x21-\\x7E]+", low=1, high=128)
NEXT_TOKEN = Str(low=1, high=8192)
MAX_RESULTS = Int(1, 50)
BOOL = Bool()
TIME = Time()

RUN_STATUS = Str(enum=("REQUESTED", "RUNNING", "FAILED",
                       "PARTIALLY_SUCCEEDED", "SUCCESS"))
ACTIVITY_STATUS = Str(enum=(
    "FAILED", "PUBLISHING_FAILED", "SUCCEEDED_CREATED", "SUCCEEDED_UPDATED",
    "SKIPPED_ALREADY_IMPORTED", "SKIPPED_ARCHIVED", "SKIPPED_NO_ACCESS",
    "UNCHANGED"))
SOURCE_STATUS = Str(enum=(
    "CREATING", "FAILED_CREATION", "READY", "UPDATING", "FAILED_UPDATE",
    "RUNNING", "DELETING", "FAILED_DELETION"))
SOURCE_TYPE = Str(low=1, high=256)
ENABLE_SETTING = Str(enum=("ENABLED", "DISABLED"))
LINEAGE_STATUS = Str(enum=("REQUESTED", "PROCESSING", "SUCCESS", "FAILED"))
SORT_ORDER = Str(enum=("ASCENDING", "DESCENDING"))

FORM_INPUT = Struct(
    required="formName",
    formName=Str(pattern="(?![0-9_])\\w+$|^_\\w*[a-zA-Z0-9]\\w*", low=1,
                 high=128),
    typeIdentifier=Str(pattern="(?!\\.)[\\w\\.]*\\w", low=1, high=385),
    typeRevision=Str(pattern="[a-zA-Z0-9_-]+", low=1, high=64),
    content=Str(low=0, high=300000))
FORM_INPUTS = List(FORM_INPUT, 0, 10)
GLOSSARY_TERMS = List(ID, 1, 20)

TAG_KEY = Str(pattern="[\\w \\.:/=+@-]+", low=1, high=128)
TAG_VALUE = Str(pattern="[\\w \\.:/=+@-]*", low=0, high=256)
TAGS = Map(TAG_KEY, TAG_VALUE)
