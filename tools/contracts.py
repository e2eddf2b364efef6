"""Contracts of the house that import-linter does not bring along."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModels(Contract):
    """A domain's `models` are imported by nothing outside that domain, whatever domains there are.

    Only direct imports count: calling a domain's function reaches its models in the end, and should.
    Option `domains`: the package whose children are the domains.
    """

    type_name = "private_models"
    domains = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Answers broken with the importing lines where a stranger imports some domain's models."""
        domains = sorted(graph.find_children(str(self.domains)))
        intrusions = [line for domain in domains for line in _intrusions(graph, domain)]
        return ContractCheck(kept=not intrusions, metadata={"intrusions": intrusions})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Prints one line for each import that breaks the contract."""
        for intrusion in check.metadata["intrusions"]:
            output.print_error(intrusion)


def _intrusions(graph: ImportGraph, domain: str) -> list[str]:
    models = f"{domain}.models"
    if models not in graph.modules:
        return []
    private = {models} | graph.find_descendants(models)
    return [
        f"{importer} imports {module} (l.{detail['line_number']}): {detail['line_contents']}"
        for module in sorted(private)
        for importer in sorted(graph.find_modules_that_directly_import(module))
        if not f"{importer}.".startswith(f"{domain}.")
        for detail in graph.get_import_details(importer=importer, imported=module)
    ]
