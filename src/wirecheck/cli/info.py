"""`wirecheck info`: the counts of an archive."""

from __future__ import annotations

import click

from wirecheck.cli._options import Output, OutputCommand, output_options


@click.command("info", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.option("--problems", is_flag=True, help="List the problems met while adding.")
@output_options()
def command(archive: str, problems: bool, output: Output) -> None:
    """Print what an archive holds."""
    from dataclasses import asdict

    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain, say

    with open_archive(archive) as opened:
        info = opened.info()
        found = opened.problems() if problems else ()
    listed = [{"location": p.location, "message": p.message} for p in found]
    output.write_one({**asdict(info), **({"problem_list": listed} if problems else {})})
    if not output.shows_list:
        return
    say(f"documents   {info.documents} ({info.versions} of them replaced by a newer version)")
    say(f"publishers  {info.publishers}")
    say(f"published   {info.first or 'unknown'} – {info.last or 'unknown'}")
    say(f"text        {info.characters} characters")
    say(f"on disk     {info.file_bytes / 1e6:.1f} MB")
    say(f"languages   {', '.join(f'{name} {count}' for name, count in info.languages)}")
    say(f"steps       {', '.join(f'{step}/{version} {count}' for step, version, count in info.steps)}")
    say(f"problems    {info.problems}")
    say(f"decisions   {info.decisions}")
    for problem in found:
        say(plain(f"{problem.location}: {problem.message}"))
