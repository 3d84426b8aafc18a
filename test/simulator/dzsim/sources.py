"""sources.py: data sources, each with its runs.

Runs are kept in the order of their creation, the unfinished ones apart and
the finished ones by state, so that a listing by state of a source with
50,000 old runs costs no more than the page that it returns.
"""
from . import runs as run_module
from .clock import iso
from .paging import insert_by_seq
from .runs import FINAL, Run


class DataSource:
    """A data source; its members are the API's."""

    def __init__(self, identifier, seq, domain_id, project_id, name, kind,
                 created, attributes=None):
        self.id = identifier
        self.seq = seq
        self.domain_id = domain_id
        self.project_id = project_id
        self.name = name
        self.kind = kind
        self.created = created
        self.updated = created
        self.attributes = attributes or {}
        self.state = "READY"
        self.ready_life = None
        self.requested_seconds = None
        self.running_seconds = None
        self.script = []
        self.runs = []
        self.unfinished = []
        self.finished = {status: [] for status in FINAL}
        self.started_lives = []

    # -- state ---------------------------------------------------------

    def settle(self, clock):
        """Move runs that have ended to the lists of the finished."""
        still = []
        for run in self.unfinished:
            if run.status(clock) in FINAL:
                insert_by_seq(self.finished[run.final], run)
            else:
                still.append(run)
        self.unfinished = still

    def status(self, clock):
        if self.ready_life is not None:
            if clock.lifecycle() < self.ready_life:
                return "CREATING"
            self.ready_life = None
        if self.state == "READY":
            self.settle(clock)
            if self.unfinished:
                return "RUNNING"
        return self.state

    def by_status(self, clock, status):
        """Runs of one state in the order of their creation."""
        self.settle(clock)
        if status in FINAL:
            return self.finished[status]
        return [run for run in self.unfinished
                if run.status(clock) == status]

    # -- adding runs ---------------------------------------------------

    def add_past(self, run):
        self.runs.append(run)
        if run.final is not None:
            self.finished[run.final].append(run)
        else:
            self.unfinished.append(run)

    def start(self, identifier, seq, kind, clock, settings, given=None):
        """A live run from now on; "given" may script it."""
        number = len(self.runs) + 1
        if given is None and self.script:
            given = self.script.pop(0)
        given = given or {}
        outcome = run_module.outcome_from(given, self.id, number)
        run = Run(identifier, seq, self, kind, clock.now(), outcome)
        life = clock.lifecycle()
        requested, running = run_module.durations(settings, self, number,
                                                  given)
        run.created_life = life
        if given.get("status") != "REQUESTED":
            run.start_life = life + requested
            if given.get("status") != "RUNNING":
                run.stop_life = run.start_life + running
        run.snapshot = self.attributes.get("snapshot")
        self.runs.append(run)
        self.unfinished.append(run)
        self.started_lives.append(life)
        return run

    def started_since(self, life):
        """How many runs were started at or after a lifecycle time."""
        while self.started_lives and self.started_lives[0] < life:
            self.started_lives.pop(0)
        return len(self.started_lives)

    # -- the API's members ---------------------------------------------

    def last_run(self, shown, clock):
        if not self.runs:
            return
        run = self.runs[-1]
        shown["lastRunStatus"] = run.status(clock)
        shown["lastRunAt"] = iso(run.started or run.created)
        if run.final is not None:
            shown["lastRunAssetCount"] = run.asset_count()
            if run.outcome.get("errorMessage"):
                shown["lastRunErrorMessage"] = run.outcome["errorMessage"]

    def summary(self, clock):
        shown = {"domainId": self.domain_id, "dataSourceId": self.id,
                 "name": self.name, "type": self.kind,
                 "status": self.status(clock),
                 "createdAt": iso(self.created),
                 "updatedAt": iso(self.updated)}
        for member in ("environmentId", "connectionId", "enableSetting",
                       "schedule", "description"):
            if self.attributes.get(member) is not None:
                shown[member] = self.attributes[member]
        self.last_run(shown, clock)
        return shown

    def describe(self, clock):
        shown = {"id": self.id, "domainId": self.domain_id,
                 "projectId": self.project_id, "name": self.name,
                 "type": self.kind, "status": self.status(clock),
                 "createdAt": iso(self.created),
                 "updatedAt": iso(self.updated)}
        for member in ("environmentId", "connectionId", "enableSetting",
                       "schedule", "description", "configuration",
                       "recommendation", "publishOnImport",
                       "assetFormsOutput"):
            if self.attributes.get(member) is not None:
                shown[member] = self.attributes[member]
        self.last_run(shown, clock)
        return shown
