"""world.py: everything the simulated service remembers.

Identifiers come from a counter and the seed, so that the same calls against
a fresh simulator give the same identifiers.
"""
import copy

from .runs import draw
from .sources import DataSource

ACCOUNT = "123456789012"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

DEFAULT_SETTINGS = {
    "requested_seconds": 5.0,
    "running_seconds": 120.0,
    "creating_seconds": 2.0,
    "lineage_requested_seconds": 1.0,
    "lineage_processing_seconds": 2.0,
    "metadata_submitted_seconds": 2.0,
    "metadata_running_seconds": 10.0,
    "runs_per_day": 25,
    "conflict_while_running": False,
    "run_order": "newest_first",
    "lineage_window": "createdAt",
    "lineage_empty_answer": False,
    "page_style": "exact",
    "default_page_size": 50,
    "epoch_style": "mixed",
    "error_style": "header",
    "canonical_in_errors": True,
    "max_skew_seconds": 300,
    "remember_tokens": True,
    "rate_limits": {},
    "latency_ms": 0,
    "log": True,
    "log_bodies": True,
    "log_limit": 100000,
}
CHOICES = {
    "run_order": ("newest_first", "oldest_first", "unordered"),
    "lineage_window": ("createdAt", "eventTime"),
    "page_style": ("exact", "short", "trailing_empty"),
    "epoch_style": ("mixed", "plain", "scientific"),
    "error_style": ("header", "header_uri", "body_type", "body_code"),
}


class Domain:
    """A domain and what lives in it, each kind in order of creation."""

    def __init__(self, identifier, seq, name, region, created,
                 description=None):
        self.id = identifier
        self.seq = seq
        self.name = name
        self.description = description
        self.created = created
        self.updated = created
        self.status = "AVAILABLE"
        self.version = "V2" if identifier.startswith("dzd-") else "V1"
        self.arn = "arn:aws:datazone:%s:%s:domain/%s" % (region, ACCOUNT,
                                                         identifier)
        self.projects = {}
        self.sources = {}
        self.sources_of_project = {}
        self.runs = {}
        self.lineage = {}
        self.lineage_order = []
        self.assets = {}
        self.glossaries = {}
        self.glossary_terms = {}
        self.metadata_runs = {}
        self.products = {}


class World:
    """All domains, tags, client tokens and settings."""

    def __init__(self, clock, region, seed=1):
        self.clock = clock
        self.region = region
        self.seed = seed
        self.counter = 0
        self.domains = {}
        self.tags = {}
        self.tokens = {}
        self.lineage_rules = []
        self.metadata_rules = []
        self.settings = copy.deepcopy(DEFAULT_SETTINGS)

    def next_seq(self):
        self.counter += 1
        return self.counter

    def new_id(self, kind, length=14):
        """An identifier as the service makes them: letters and digits."""
        number = draw(self.seed, kind, self.next_seq()) * 2654435761
        letters = []
        for _ in range(length):
            number, rest = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[rest])
            if number == 0:
                number = draw(kind, self.counter, len(letters))
        return "".join(letters)

    # -- adding --------------------------------------------------------

    def add_domain(self, identifier, name=None, created=None,
                   description=None):
        domain = Domain(identifier, self.next_seq(), name or identifier,
                        self.region, created or self.clock.now(),
                        description)
        self.domains[identifier] = domain
        return domain

    def add_source(self, domain, identifier, project_id, name, kind,
                   created=None, attributes=None):
        source = DataSource(identifier, self.next_seq(), domain.id,
                            project_id, name, kind,
                            created or self.clock.now(), attributes)
        domain.sources[identifier] = source
        domain.sources_of_project.setdefault(project_id, []).append(source)
        return source

    @staticmethod
    def remove_source(domain, source):
        del domain.sources[source.id]
        domain.sources_of_project[source.project_id].remove(source)
        for run in source.runs:
            domain.runs.pop(run.id, None)

    def start_run(self, domain, source, kind="PRIORITIZED", given=None):
        run = source.start(self.new_id("run"), self.next_seq(), kind,
                           self.clock, self.settings, given)
        domain.runs[run.id] = run
        return run

    # -- settings ------------------------------------------------------

    def change_settings(self, given):
        """Apply settings; raises ValueError with a sentence for tests."""
        for name, value in given.items():
            if name not in DEFAULT_SETTINGS:
                raise ValueError("unknown setting \"%s\"" % name)
            default = DEFAULT_SETTINGS[name]
            if name in CHOICES and value not in CHOICES[name]:
                raise ValueError("setting \"%s\" must be one of %s"
                                 % (name, ", ".join(CHOICES[name])))
            number = (int, float)
            kind = number if type(default) in number else type(default)
            if not isinstance(value, kind) or (
                    isinstance(value, bool) != isinstance(default, bool)):
                raise ValueError("setting \"%s\" has the wrong type" % name)
        self.settings.update(given)
