"""The command line of Countinghouse."""

import typer

from cli import demo, documents, journals, packs, service, tenants

app = typer.Typer(
    name="countinghouse", no_args_is_help=True, add_completion=False, help="Double-entry books of many organizations.",
    pretty_exceptions_enable=False,
)  # fmt: skip
app.command()(service.up)
app.command()(service.status)
app.command()(service.migrate)
app.add_typer(tenants.app, name="tenant")
app.add_typer(packs.app, name="packs")
app.command("import-journal")(journals.import_journal)
app.command("export-journal")(journals.export_journal)
app.command("demo")(demo.demo)
app.command("openapi")(documents.openapi)

if __name__ == "__main__":
    app()
