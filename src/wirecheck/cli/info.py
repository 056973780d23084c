"""`wirecheck info`: the counts of an archive."""

from __future__ import annotations

import click


@click.command("info")
@click.argument("archive", metavar="ARCHIVE")
@click.option("--problems", is_flag=True, help="List the problems met while adding.")
def command(archive: str, problems: bool) -> None:
    """Print what an archive holds."""
    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain

    with open_archive(archive) as opened:
        info = opened.info()
        found = opened.problems() if problems else ()
    click.echo(f"documents   {info.documents} ({info.versions} of them replaced by a newer version)")
    click.echo(f"publishers  {info.publishers}")
    click.echo(f"published   {info.first or 'unknown'} – {info.last or 'unknown'}")
    click.echo(f"text        {info.characters} characters")
    click.echo(f"on disk     {info.file_bytes / 1e6:.1f} MB")
    click.echo(f"languages   {', '.join(f'{name} {count}' for name, count in info.languages)}")
    click.echo(f"steps       {', '.join(f'{step}/{version} {count}' for step, version, count in info.steps)}")
    click.echo(f"problems    {info.problems}")
    click.echo(f"decisions   {info.decisions}")
    for problem in found:
        click.echo(plain(f"{problem.location}: {problem.message}"))
