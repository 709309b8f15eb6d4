"""The kinds of contribution: one table, from which files, cards and labels follow."""

from __future__ import annotations

from typing import get_args

from entraide_tui.common.i18n import using_language
from entraide_tui.kits import contribution_kinds as kinds


def test_each_kind_has_a_sign_and_a_word_of_its_own_in_both_languages() -> None:
    assert get_args(kinds.ContributionKind) == kinds.CONTRIBUTION_KINDS
    assert len({kinds.kind_sign(kind) for kind in kinds.CONTRIBUTION_KINDS} - {"·"}) == len(kinds.CONTRIBUTION_KINDS)
    for language in ("fr", "en"):
        with using_language(language):
            words = {kinds.kind_word(kind) for kind in kinds.CONTRIBUTION_KINDS}
        assert len(words - {""}) == len(kinds.CONTRIBUTION_KINDS)


def test_what_is_no_kind_is_shown_as_none_and_meant_as_the_first() -> None:
    assert (kinds.kind_sign("rien"), kinds.kind_word("rien"), kinds.kind_of("rien")) == ("·", "", "idea")
    assert kinds.kind_of("reframing") == "reframing"
