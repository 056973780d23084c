"""What commands that read inputs share: the options of fetching, and the settings that they give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from wirecheck.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def fetching_options(command: Command) -> Command:
    """Give a command the parameters `fetch`, `follow` and `allow_network`, to be passed to `read_settings`."""
    for option in (
        click.option(
            "--allow-network",
            multiple=True,
            metavar="CIDR",
            help="With --fetch: also read from this network, such as 10.1.0.0/16, although it is not public.",
        ),
        click.option(
            "--follow", is_flag=True, help="With --fetch: read items of feeds that have no text from their addresses."
        ),
        click.option("--fetch", is_flag=True, help="Read inputs that are http or https addresses from the web."),
    ):
        command = option(command)
    return command


def read_settings(*, fetch: bool, follow: bool, allow_network: Sequence[str], one_story: bool = False) -> Settings:
    """Return the settings that the options give; raises `UsageError` for options that are nothing without --fetch."""
    from wirecheck.errors import UsageError
    from wirecheck.settings import Settings

    if not fetch and (follow or allow_network):
        raise UsageError("--follow and --allow-network say what --fetch may do: give --fetch too")
    return Settings(one_story=one_story, allow_fetch=fetch, follow_feeds=follow, fetch_networks=tuple(allow_network))
