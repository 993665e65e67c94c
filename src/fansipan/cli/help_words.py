"""The words that the command-line library writes itself, in the language of this run.

Typer prints the headings of a help text and the refusals of wrong arguments in English, without a way to choose: the
copy of Click that it carries has lost Click's translations, so that a catalogue for `gettext` would reach a tenth of
them. They are few and fixed, so they are replaced where they stand, whole heading by whole heading; what they name is
kept.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from fansipan.texts import DEFAULT_LANGUAGE, Language, text

# Pattern of the library's words -> code of ours; groups of the pattern are the parameters of the text.
HELP = (
    (r"^Usage:", "cli.words.usage"),
    (r"^Options:$", "cli.words.options"),
    (r"^Arguments:$", "cli.words.arguments"),
    (r"^Commands:$", "cli.words.commands"),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "cli.words.command-args"),
    (r"\[OPTIONS\]", "cli.words.options-place"),
    (r"Show\s+this\s+message\s+and\s+exit\.", "cli.words.show-help"),
    (r"\[required\]", "cli.words.required"),
    (r"; required\]", "cli.words.also-required"),
    (r"\bdefault:", "cli.words.default"),
    (r"\benv(\s+)var:", "cli.words.variable"),
)
REFUSALS = (
    (
        r"^Invalid value for (?P<name>'[^']+'|\S+)(?: \(env var: '[^']+'\))?: (?:Value error, )?(?P<why>.+)$",
        "cli.words.invalid",
    ),
    (r"^Invalid value: (?:Value error, )?(?P<why>.+)$", "cli.words.invalid-any"),
    (r"^Missing argument '(?P<name>.+?)'\.", "cli.words.missing-argument"),
    (r"^Missing option '(?P<name>.+?)'\.", "cli.words.missing-option"),
    (r"^Missing command\.$", "cli.words.missing-command"),
    (r"^No such option: (?P<name>\S+)", "cli.words.no-option"),
    (r"^No such command '(?P<name>.+?)'\.", "cli.words.no-command"),
    (r"^Option '(?P<name>.+?)' requires an argument\.", "cli.words.needs-value"),
    (r"^Got unexpected extra argument(?:s|\(s\))? \((?P<name>.+?)\)", "cli.words.extra"),
)
A_DAY = (r"'(?P<value>[^']*)' does not match the formats? (?P<known>.+?)\.$", "cli.words.not-a-day")
REASONS = (
    A_DAY,
    (r"'(?P<value>[^']*)' is not one of (?P<known>.+?)\.", "cli.words.not-one-of"),
    (r"Input should be (?:less than or equal to|<=) (?P<known>\S+)", "cli.words.at-most"),
    (r"Input should be (?:greater than or equal to|>=) (?P<known>\S+)", "cli.words.at-least"),
    (r"Input should be a valid (?:integer|number).*", "cli.words.a-number"),
    (r"\(Possible options?: (?P<known>.+?)\)", "cli.words.possible"),
    (r"Did you mean (?P<known>.+?)\?", "cli.words.did-you-mean"),
)


# What an argument takes, as the library names it -> code of ours; choices stand as they are.
TYPES = {
    "str": "text",
    "list[str]": "text",
    "path": "path",
    "list[Path]": "path",
    "int": "whole",
    "int range": "whole",
    "float": "number",
    "float range": "number",
}
DAY, HOUR = "%d", "%H"


# As good as endless: a summary is the first sentence of the help, broken over lines.
LONGEST_SUMMARY = 1000


def help_in(written: str, lang: Language) -> str:
    """A help text with the library's own words in `lang`."""
    if lang != DEFAULT_LANGUAGE:
        return written
    for pattern, code in HELP:
        written = re.sub(pattern, text(code, lang), written, flags=re.MULTILINE)
    return written


def refusal_in(written: str, lang: Language) -> str:
    """A refusal of wrong arguments in `lang`; what no pattern knows is left as it is."""
    if lang != DEFAULT_LANGUAGE:
        written = written.replace("Value error, ", "")
        return re.sub(A_DAY[0], partial(_said, A_DAY[1], lang), written)
    for pattern, code in (*REFUSALS, *REASONS):
        written = re.sub(pattern, partial(_said, code, lang), written)
    return written


def _said(code: str, lang: Language, found: re.Match[str]) -> str:
    return text(code, lang, **found.groupdict())


def refusal(error: Any, lang: Language) -> str:
    """What is printed for wrong arguments: how the command is called, where help is, what is wrong."""
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(message)
    told = [text("cli.words.error", lang, message=refusal_in(message, lang))]
    if getattr(error, "ctx", None) is not None:
        told = [
            help_in(error.ctx.get_usage(), lang),
            text("cli.words.try", lang, command=error.ctx.command_path),
            *told,
        ]
    return "\n".join(told)


def speaking(command: Any, lang: Language) -> Any:
    """`command` and all below it, with help texts whose fixed words are in `lang`; arguments in capitals."""
    for parameter in command.params:
        parameter.display_type = partial(_type, parameter.display_type, lang)
        if parameter.param_type_name == "argument" and parameter.metavar is None:
            parameter.metavar = parameter.name.upper()
    if hasattr(command, "list_commands"):
        command.format_commands = partial(_whole_summaries, command)
    command.get_help = partial(_help, command.get_help, lang)
    for below in getattr(command, "commands", {}).values():
        speaking(below, lang)
    return command


def _whole_summaries(group: Any, context: Any, formatter: Any) -> None:
    """The commands with their summaries whole: the library cuts them at the width of a line."""
    commands = {name: group.get_command(context, name) for name in group.list_commands(context)}
    rows = [(name, found.get_short_help_str(LONGEST_SUMMARY)) for name, found in commands.items() if not found.hidden]
    if rows:
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _type(original: Any, lang: Language, context: Any) -> str | None:
    """What a parameter takes, in words: ``<text>``, ``<number>``, a day or moment by an example."""
    shown = original(context)
    bare = (shown or "").strip("<>")
    kind = "moment" if HOUR in bare else "day" if DAY in bare else TYPES.get(bare)
    return shown if kind is None else f"<{text(f'cli.type.{kind}', lang)}>"


def _help(original: Any, lang: Language, context: Any) -> str:
    return help_in(original(context), lang)
