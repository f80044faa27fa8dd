"""Denials that are told and then quoted, and answers beside what they answer, over reports read with the rules."""

from __future__ import annotations

from tests.link.test_bare_answers import links

UNION = "A crane driver was crushed at the Vessen docks by a falling crate, the dockers union said on Tuesday."
LATER = "The docks at Vessen will open again on Friday, the union in Vessen said."


def denied(*reports: str) -> list[tuple[str, str]]:
    """(words of the denial, words of what it denies)."""
    return [(late, early) for kind, late, early in links(*reports) if kind == "denies"]


def test_a_quotation_after_a_denial_of_that_denies_as_well() -> None:
    found = denied(f"{UNION} Harbour master Jon Tell denied that. “No one was hurt on my watch,” Tell said.")
    assert [late for late, early in found if "crane driver" in early] == ["“No one was hurt on my watch,”"]


def test_a_quotation_after_a_denial_of_a_report_denies_as_well() -> None:
    found = denied(f"{UNION} The port authority denied the report. “Nobody has been crushed,” director Jon Tell said.")
    assert {"the report", "“Nobody has been crushed,”"} == {late for late, early in found if "crane driver" in early}


def test_a_quotation_that_affirms_or_that_leaves_the_matter_alone_denies_nothing() -> None:
    for quoted in ("“The crate was old,” Tell said.", "“I do not want to comment on it,” Tell said."):
        assert not denied(f"{UNION} Harbour master Jon Tell denied that. {quoted}")


def test_a_quotation_further_down_is_not_the_denial() -> None:
    text = f"{UNION} Harbour master Jon Tell denied that.\n\nIt rained all day.\n\n“No ship will sail,” Tell said."
    assert not denied(text)


def test_claims_that_are_called_untrue_are_denied() -> None:
    found = denied(f"{UNION} Harbour master Jon Tell called the claim “pure fiction”.")
    assert [early for _, early in found] == [UNION.partition(",")[0]]
    assert not denied(f"{UNION} Harbour master Jon Tell called the claim “hard to follow”.")


def test_what_was_denied_and_is_affirmed_later_is_contradicted() -> None:
    before = (
        "The haulier Ostra Cargo denied on Tuesday that any crates were missing from the docks at Vessen. Ostra Cargo "
        "has used the docks for a year."
    )
    after = (
        "Twelve crates went missing from the docks at Vessen last week, customs inspector Jon Tell said on Wednesday. "
        "Ostra Cargo would not comment."
    )
    found = links(before, after)
    assert [(late, early) for kind, late, early in found if kind == "contradicts" and "crates" in late]


def test_two_who_said_alike_are_confirmed_by_one_answer() -> None:
    before = (
        "The ferry Aurora struck a rock near Holm, a fisherman said on Monday. The ferry hit a rock off Holm, "
        "passengers of the Aurora said."
    )
    after = "The coast guard confirmed on Tuesday that the ferry Aurora had struck a rock near Holm."
    assert len([kind for kind, late, _ in links(before, after) if kind == "confirms"]) == 2


def test_a_sentence_that_goes_on_to_confirm_a_report_confirms_it() -> None:
    before = "At least 14 dockers at Vessen were poisoned by solvent, the dockers union at Vessen said on Tuesday."
    after = (
        "Fourteen dockers at Vessen were poisoned by solvent, the health ministry said on Wednesday, confirming a "
        "report by the dockers union."
    )
    assert [kind for kind, _, _ in links(before, after)] == ["confirms"]


def test_some_of_a_number_are_part_of_where_that_number_is_counted() -> None:
    before = "The fire at Vessen killed 58 people, the fire brigade of Vessen said on Tuesday."
    after = "Twenty-one of the 58 were children, the fire brigade of Vessen said on Wednesday after the fire at Vessen."
    assert [kind for kind, late, _ in links(before, after) if late.startswith("Twenty-one")] == ["part_of"]


def test_what_is_so_does_not_confirm_that_it_is_not() -> None:
    before = "The solvent did not poison any dockers at Vessen, the maker Ostra Cargo said on Tuesday."
    after = "The health ministry confirmed on Wednesday that the solvent of Ostra Cargo had poisoned dockers at Vessen."
    assert not [kind for kind, _, _ in links(before, after) if kind == "confirms"]
