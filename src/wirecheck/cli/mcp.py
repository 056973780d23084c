"""`wirecheck mcp`: the tools for an agent, over standard input and output."""

from __future__ import annotations

import click


@click.command("mcp")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...")
@click.option("--archive", metavar="ARCHIVE", help="The archive whose stories the tools read.")
@click.option("--allow-decisions", is_flag=True, help="Add the tool that keeps a person's rulings in the archive.")
@click.option(
    "--tokens", type=click.IntRange(2_000), metavar="N", help="At most so many tokens a result; default: 8000."
)
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
def command(
    folders: tuple[str, ...], archive: str | None, allow_decisions: bool, tokens: int | None, publishers: str | None
) -> None:
    """Serve Wirecheck to an agent (Model Context Protocol) until standard input ends.

    Files are read in FOLDER alone, links that lead out of it are not followed, and nothing is fetched. It is started by
    the agent's program; there is nothing to type.
    """
    from wirecheck.errors import MissingExtraError, UsageError

    if not folders and archive is None:
        raise UsageError("say what may be read: a FOLDER of articles, --archive ARCHIVE, or both")
    if allow_decisions and archive is None:
        raise UsageError("--allow-decisions keeps rulings in an archive: give --archive too")
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("serving agents needs mcp, which is missing: pip install '.[mcp]'") from error
    from wirecheck.agents.paging import MOST_TOKENS
    from wirecheck.agents.server import make_server

    server = make_server(
        folders,
        archive=archive,
        allow_decisions=allow_decisions,
        most_tokens=tokens or MOST_TOKENS,
        publishers=publishers,
    )
    server.run("stdio")
