"""Settings of the processes that drills start and kill: one kind of job, and sealing every second."""

from portico.config.settings import *  # noqa: F403 - every setting but these

JOB_HANDLERS = {
    "count": "portico.domains.jobs.tests.counting.Count",
    "seal_audit": "portico.edges.cli.rounds.SealAudit",
}
JOB_SCHEDULE = {"seal_audit": 1}
