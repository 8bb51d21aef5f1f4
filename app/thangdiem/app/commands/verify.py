"""``thangdiem verify``: a dossier in; whether it is as it was sealed, and the first divergence if not, out."""

from __future__ import annotations

import os

import click
from attrs import evolve

from thangdiem.app import files
from thangdiem.app.columns import visible
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.terminal import tell
from thangdiem.app.usage import Command, Option
from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.unreadable import NOT_A_FILE, reasons, reasons_of
from thangdiem.engine.dossier import Verified, verify
from thangdiem.engine.dossier.container import Refused
from thangdiem.engine.dossier.manifest import Manifest
from thangdiem.engine.dossier.signature import public_key
from thangdiem.engine.dossier.verification import NO_DOSSIER


@click.command("verify", cls=Command)
@click.argument("dossier", metavar="DOSSIER", type=click.Path())
@click.option("--public-key", cls=Option, metavar="FILE", type=click.Path())
@click.pass_obj
def command(run: Invocation, dossier: str, public_key: str | None) -> Exit:
    """Checks a dossier, and computes everything in it again."""
    found = _verified(dossier, _key(public_key))
    if any(each.code in NO_DOSSIER for each in found.findings):
        raise Stopped(Exit.BAD_INPUT, *_in(dossier, found))
    if found.findings:
        tell(_in(dossier, found), run)
        return Exit.FAILED
    assert found.manifest is not None
    for line in _said(dossier, found, found.manifest, public_key, run):
        click.echo(line)
    return Exit.FINE


def _key(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return public_key(files.read(name), name)
    except Refused as refused:
        raise Stopped(Exit.MISUSE, refused.finding) from None


def _verified(name: str, key: str | None) -> Verified:
    if not os.path.exists(name):
        files.missing(name)
    if os.path.isdir(name):
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD902", {"file": name}, Place(name)))
    if not os.path.isfile(name):
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD901", {"file": name, **reasons_of(NOT_A_FILE)}, Place(name)))
    try:
        with open(name, "rb") as opened:
            return verify(opened, key)
    except OSError as error:
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD901", {"file": name, **reasons(error)}, Place(name))) from None


def _in(name: str, found: Verified) -> list[Diagnostic]:
    """The findings, those without a place standing in the dossier."""
    return [evolve(each, place=each.place or Place(name)) for each in found.findings]


def _said(name: str, found: Verified, manifest: Manifest, key: str | None, run: Invocation) -> list[str]:
    """What is said of a dossier that is as it was sealed."""
    words, asked = run.words, manifest.question
    told = [
        words("verified", file=name, members=len(manifest.members), units=found.units),
        words("dossier-digest", digest=found.digest),
        words(f"dossier-mode-{asked.mode.value}"),
    ]
    options = (("--scale", asked.scale), ("--period", asked.period), ("--on", asked.day), ("--sheet", asked.sheet))
    given = " ".join(f"{option} {value}" for option, value in options if value is not None)
    if given:
        told.append(words("dossier-question", question=visible(given)))
    if manifest.signer is None:
        told.append(words("dossier-unsigned"))
    elif key is not None:
        told.append(words("dossier-signed", file=key))
    else:
        state = "dossier-signer-unknown" if found.signature_checked else "dossier-signature-unchecked"
        told.append(words(state, signer=manifest.signer))
    return told
