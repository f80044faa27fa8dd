"""Links between statements: what is drawn, and what rightly is not."""

from __future__ import annotations

from dataclasses import replace

from onrecord.link.entry import Entry
from onrecord.link.gates.matter import tell_of_one
from onrecord.link.relations import links_between, links_within
from onrecord.model import Copy, Link, Role, Section, SectionKind, Span, Speaker
from onrecord.resources import settings_file
from tests.build import Entity, country, doc, entry, figure, mention, person, say

NORLAND = country("Norland", "NO")
SUDLAND = country("Sudland", "SE")
MINISTER = person("Ada Berg", "Berg")
RIVER = "the river dam at Holm is leaking"


def kinds(links: tuple[Link, ...]) -> list[str]:
    return [link.kind for link in links]


def told(text: str, who: Entity, content: str, stance: str = "asserts", **rest: object) -> Entry:
    """A report of one statement by `who`, whose source is the text's first word."""
    source = text.split(maxsplit=1)[0]
    report = doc(
        text,
        entities=(who,),
        mentions=(mention(text, source, who),),
        attributions=(say(text, content, source=source, who=who, stance=stance),),
        **rest,
    )
    return entry(report)


def test_a_confirmation_answers_the_statement_it_is_about() -> None:
    text = f"Norland said {RIVER}. Sudland confirmed that {RIVER}."
    first = say(text, RIVER, source="Norland", who=NORLAND)
    after = text.index("Sudland")
    second = say(text, RIVER, source="Sudland", cue="confirmed", who=SUDLAND, stance="confirms")
    start = text.index(RIVER, after)
    second = type(second)(
        **{f: getattr(second, f) for f in second.__slots__ if f != "content"},
        content=(type(second.cue[0])(start, start + len(RIVER)),),
    )
    made = entry(doc(text, entities=(NORLAND, SUDLAND), attributions=(first, second)))
    (link,) = links_within(made)
    assert link.kind == "confirms"
    assert (link.source, link.target) == (made.statements[1].id, made.statements[0].id)
    assert link.reasons[0].evidence


def test_a_denial_of_somebodys_claims_answers_the_owner() -> None:
    text = (
        "The army will cross the river by night, Norland said. The army may cross the river, Ada Berg said. "
        "Sudland denied Norland’s claims about the army."
    )
    own = say(text, "The army will cross the river by night", source="Norland", cue="said", who=NORLAND)
    other = say(text, "The army may cross the river", source="Ada Berg", who=MINISTER)
    no = say(text, "Norland’s claims about the army", source="Sudland", cue="denied", who=SUDLAND, stance="denies")
    mentions = (mention(text, "Norland", NORLAND, 1),)
    made = entry(doc(text, entities=(NORLAND, SUDLAND, MINISTER), mentions=mentions, attributions=(own, other, no)))
    (link,) = (link for link in links_within(made) if link.kind == "denies")
    assert (link.kind, link.target) == ("denies", made.statements[0].id)


def test_a_confirmation_told_by_a_noun_belongs_to_who_is_named_before_it() -> None:
    text = (
        "Sudland said troops had crossed the river. It was the first Sudland confirmation of reports from Norland "
        "that troops had crossed the river."
    )
    first = say(text, "troops had crossed the river", source="Sudland", cue="said", who=SUDLAND)
    inner = say(text, "that troops had crossed the river", source="Norland", cue="reports", who=NORLAND)
    mentions = (mention(text, "Sudland", SUDLAND, 1),)
    made = entry(doc(text, entities=(NORLAND, SUDLAND), mentions=mentions, attributions=(first, inner)))
    (link,) = links_within(made)
    assert (link.kind, link.source) == ("confirms", made.statements[0].id)
    assert link.reasons[0].words == "the report calls it a confirmation"


def test_what_has_come_does_not_confirm_what_else_is_to_come() -> None:
    first = "the river police will be sent on to guard the old salt mine in Holm"
    for words, drawn in (
        ("the river police have arrived in Holm", []),
        ("the river police have been sent on to guard the salt mine in Holm", ["confirms"]),
    ):
        text = f"Norland said {first}. Sudland confirmed that {words}."
        said = say(text, first, source="Norland", cue="said", who=NORLAND)
        yes = say(text, words, source="Sudland", cue="confirmed", who=SUDLAND, stance="confirms")
        made = entry(doc(text, entities=(NORLAND, SUDLAND), attributions=(said, yes)))
        assert kinds(links_within(made)) == drawn


def test_what_it_came_about_amid_is_not_what_is_confirmed() -> None:
    text = "Norland said the miners will march on the capital. Sudland confirmed a strike amid fears the miners march."
    said = say(text, "the miners will march on the capital", source="Norland", cue="said", who=NORLAND)
    yes = say(text, "a strike amid fears the miners march", source="Sudland", cue="confirmed", who=SUDLAND,
              stance="confirms")  # fmt: skip
    assert links_within(entry(doc(text, entities=(NORLAND, SUDLAND), attributions=(said, yes)))) == ()


def test_a_noun_of_confirmation_means_the_text_and_not_its_headline() -> None:
    top = "Sudland confirms troops crossed the river"
    body = (
        "\nSudland said 300 troops had crossed the river at Holm. It was the first Sudland confirmation of reports "
        "from Norland that troops had crossed the river."
    )
    text = top + body
    over = say(text, "troops crossed the river", source="Sudland", cue="confirms", who=SUDLAND)
    first = say(text, "300 troops had crossed the river at Holm", source="Sudland", cue="said", who=SUDLAND)
    inner = say(text, "that troops had crossed the river", source="Norland", cue="reports", who=NORLAND)
    sections = (
        Section(Span(0, len(top)), SectionKind.HEADLINE),
        Section(Span(len(top) + 1, len(text)), SectionKind.BODY),
    )
    mentions = (mention(text, "Sudland", SUDLAND, 2),)
    made = entry(doc(text, entities=(NORLAND, SUDLAND), mentions=mentions, attributions=(over, first, inner),
                     sections=sections))  # fmt: skip
    (link,) = (link for link in links_within(made) if link.reasons[0].rule == "confirms-told-by-noun")
    assert made.statements[1].id == link.source


def test_a_denial_in_another_report_answers_the_earlier_one() -> None:
    a = told(f"Norland said {RIVER}", NORLAND, RIVER, published="2025-03-10")
    b = told(f"Sudland denied that {RIVER}", SUDLAND, RIVER, "denies", uri="made:2", published="2025-03-12")
    (link,) = links_between(a, b)
    assert (link.kind, link.source, link.target) == ("denies", b.statements[0].id, a.statements[0].id)
    assert links_between(a, b) == links_between(b, a)


def test_nobody_confirms_what_is_said_only_later() -> None:
    a = told(f"Norland said {RIVER}", NORLAND, RIVER, published="2025-03-14")
    b = told(f"Sudland confirmed that {RIVER}", SUDLAND, RIVER, "confirms", uri="made:2", published="2025-03-12")
    assert "confirms" not in kinds(links_between(a, b))


def test_a_side_does_not_confirm_itself() -> None:
    a = told(f"Norland said {RIVER}", NORLAND, RIVER)
    b = told(f"Norland confirmed that {RIVER}", NORLAND, RIVER, "confirms", uri="made:2", published="2025-03-12")
    assert "confirms" not in kinds(links_between(a, b))


def test_the_same_side_saying_alike_repeats() -> None:
    a = told(f"Norland said {RIVER}", NORLAND, RIVER)
    b = told(f"Norland said that {RIVER} badly", NORLAND, f"{RIVER} badly", uri="made:2", published="2025-03-12")
    (link,) = links_between(a, b)
    assert (link.kind, link.source) == ("repeats", b.statements[0].id)


def test_a_minister_and_her_government_are_one_side() -> None:
    content = f"{RIVER}"
    a = told(f"Norland said {RIVER}", NORLAND, RIVER)
    text = f"Berg said {content}"
    speaker = Speaker(MINISTER.id, role="minister", affiliation="Norland", method="name", confidence=0.9)
    report = doc(
        text,
        uri="made:2",
        entities=(MINISTER, NORLAND),
        attributions=(say(text, content, source="Berg", speaker=speaker),),
    )
    assert kinds(links_between(a, entry(report))) == ["repeats"]


def counted(text: str, words: str, low: int, high: int | None, who: Entity = NORLAND, **rest: object) -> Entry:
    report = doc(
        text,
        entities=(who, *rest.pop("more", ())),
        figures=(figure(text, words, low, high, "people", **rest.pop("scope", {})),),
        attributions=(say(text, text.split(" said ")[1], source=text.split(maxsplit=1)[0], who=who),),
        **rest,
    )
    return entry(report)


def test_a_later_number_of_the_same_side_updates_the_earlier() -> None:
    a = counted("Norland said at least 40 people fled", "at least 40", 40, None, published="2025-03-10")
    b = counted("Norland said some 90 people fled now", "some 90", 90, 90, uri="made:2", published="2025-03-13")
    (link,) = links_between(a, b)
    assert (link.kind, link.source, link.target) == ("updates", b.statements[0].id, a.statements[0].id)


def test_the_same_number_again_repeats() -> None:
    a = counted("Norland said 40 people fled", "40", 40, 40)
    b = counted("Norland said 40 people had fled by boat", "40", 40, 40, uri="made:2", published="2025-03-13")
    assert kinds(links_between(a, b)) == ["repeats"]


def test_numbers_of_two_sides_are_not_compared() -> None:
    a = counted("Norland said 40 people fled", "40", 40, 40)
    b = counted("Sudland said 90 people fled", "90", 90, 90, SUDLAND, uri="made:2", published="2025-03-13")
    assert links_between(a, b) == ()


def test_numbers_of_two_places_are_not_compared() -> None:
    a = counted("Norland said 40 people fled", "40", 40, 40, scope={"where": "e-1"})
    b = counted(
        "Norland said 90 people fled", "90", 90, 90, scope={"where": None}, uri="made:2", published="2025-03-13"
    )
    assert "updates" not in kinds(links_between(a, b))


def test_a_bare_noun_counts_the_same_only_where_the_same_happened_to_it() -> None:
    a = counted("Norland said 40 people fled", "40", 40, 40)
    b = counted("Norland said 900 people voted", "900", 900, 900, uri="made:2", published="2025-03-13")
    assert links_between(a, b) == ()


def test_an_edited_number_updates_and_does_not_repeat() -> None:
    words = "Norland said {} people fled the flooded harbour district of Holm"
    a = counted(words.format(57), "57", 57, 57, published="2025-03-10T08:00:00Z")
    b = counted(words.format(54), "54", 54, 54, published="2025-03-10T18:00:00Z")
    (link,) = links_between(a, b)
    assert (link.kind, link.source) == ("updates", b.statements[0].id)


def test_who_acknowledges_grants_what_another_said() -> None:
    content = "the dam at Holm had leaked for months"
    a = told(f"Norland said {content}", NORLAND, content, published="2025-03-10")
    text = f"Sudland acknowledged {content}"
    said = say(text, content, source="Sudland", cue="acknowledged", who=SUDLAND, rule="that-clause:acknowledge")
    b = entry(doc(text, uri="made:2", published="2025-03-12", entities=(SUDLAND,), attributions=(said,)))
    assert kinds(links_between(a, b)) == ["confirms"]


def test_another_source_carries_a_count_on_only_within_one_matter() -> None:
    police, ministry, mayor = person("Paul Desta"), person("Rita Lemos"), person("Ada Berg")
    places = [person(name) for name in ("Holm", "Varna", "Aldgate")]

    def counts(who: Entity, number: int, uri: str, day: str, seen: list[Entity]) -> Entry:
        text = f"{who.name.split()[0]} said {number} people were arrested. " + " ".join(e.name for e in seen)
        return entry(
            doc(
                text,
                uri=uri,
                published=day,
                entities=(who, *seen),
                mentions=tuple(mention(text, e.name, e) for e in seen),
                figures=(figure(text, str(number), number, number, "people"),),
                attributions=(say(text, f"{number} people were arrested", source=text.split()[0], who=who),),
            )
        )

    first = counts(police, 60, "made:1", "2025-03-10", places)
    assert kinds(links_between(first, counts(ministry, 210, "made:2", "2025-03-13", places))) == ["updates"]
    assert links_between(first, counts(mayor, 210, "made:3", "2025-03-13", [])) == ()


def test_two_governments_at_odds_do_not_update_each_other() -> None:
    a = counted("Norland said 40 soldiers fell", "40", 40, 40)
    b = counted("Sudland said 900 soldiers fell", "900", 900, 900, SUDLAND, uri="made:2", published="2025-03-13")
    assert links_between(a, b) == ()


def test_a_forecast_does_not_update_a_count() -> None:
    a = counted("Norland said 40 people fled", "40", 40, 40)
    b = counted(
        "Norland said 90 people will flee", "90", 90, 90, scope={"forecast": True}, uri="made:2", published="2025-03-13"
    )
    assert "updates" not in kinds(links_between(a, b))


def test_a_smaller_number_in_a_part_of_the_place_is_part_of_the_whole() -> None:
    town = Entity("e-town", "Holm", person("x").kind.PLACE, ("Holm",), country="NO")
    text = "Norland said 90 people fled in Norland, 12 people fled in Holm"
    who = NORLAND
    report = doc(
        text,
        entities=(who, town),
        figures=(
            figure(text, "90", 90, 90, "people", where=who.id),
            figure(text, "12", 12, 12, "people", where=town.id),
        ),
        attributions=(
            say(text, "90 people fled in Norland", source="Norland", who=who),
            say(text, "12 people fled in Holm", source="Norland", who=who),
        ),
    )
    made = entry(report)
    links = links_within(made)
    assert kinds(links) == ["part_of"]
    assert links[0].source == made.statements[1].id


def test_an_anonymous_source_is_on_its_governments_side_or_on_its_own() -> None:
    text = f"officials said {RIVER}"
    speaker = Speaker("e-group", anonymous=True, affiliation="Norland", method="description", confidence=0.8)
    lone = Speaker("e-other", anonymous=True, method="description", confidence=0.8)
    made = entry(doc(text, entities=(NORLAND,), attributions=(say(text, RIVER, source="officials", speaker=speaker),)))
    other = entry(doc(text, entities=(NORLAND,), attributions=(say(text, RIVER, source="officials", speaker=lone),)))
    assert made.sides[made.statements[0].id] == {NORLAND.id}
    assert other.sides[other.statements[0].id] == {"e-other"}


def test_a_role_held_puts_a_person_on_the_side_of_its_affiliation() -> None:
    text = f"Berg said {RIVER}"
    holder = Entity(MINISTER.id, "Ada Berg", MINISTER.kind, MINISTER.aliases, roles=(Role("minister", "Norland"),))
    made = entry(doc(text, entities=(holder, NORLAND), attributions=(say(text, RIVER, source="Berg", who=holder),)))
    assert made.sides[made.statements[0].id] == {holder.id, NORLAND.id}


def counts(words: str, who: Entity, figures: list[tuple[str, int, str]], uri: str, day: str, **rest: object) -> Entry:
    """A report in which `who` says `words`, with its figures (printed, number, of), among names that reports share."""
    text = f"{who.name} said {words}. Holm Varna Aldgate."
    places = [person(name) for name in ("Holm", "Varna", "Aldgate")]
    made = [figure(text, printed, number, number, of, **rest) for printed, number, of in figures]
    return entry(
        doc(
            text,
            uri=uri,
            published=day,
            entities=(who, *places),
            mentions=(mention(text, who.name, who), *(mention(text, e.name, e) for e in places)),
            figures=tuple(made),
            attributions=(say(text, words, source=who.name, who=who),),
        )
    )


DESTA, LEMOS = person("Paul Desta"), person("Rita Lemos")


def test_some_of_those_counted_are_a_part_whoever_counts_them() -> None:
    whole = counts("26 people were arrested at the quay", DESTA, [("26", 26, "people")], "made:1", "2025-03-10")
    words = "4 of the people arrested at the quay are students"
    some = counts(words, LEMOS, [("4", 4, "people")], "made:2", "2025-03-10")
    (link,) = links_between(whole, some)
    assert (link.kind, link.source, link.reasons[0].rule) == ("part_of", some.statements[0].id, "part-of-them")
    larger = counts("30 of the people arrested sang", LEMOS, [("30", 30, "people")], "made:3", "2025-03-10")
    assert links_between(whole, larger) == ()


def test_a_district_is_a_part_of_what_the_same_side_counts() -> None:
    whole = counts("2,400 homes were flooded", DESTA, [("2,400", 2400, "homes")], "made:1", "2025-03-10")
    part = counts("900 homes in the district were flooded", DESTA, [("900", 900, "homes")], "made:2", "2025-03-10")
    other = counts("900 homes in the district were flooded", LEMOS, [("900", 900, "homes")], "made:3", "2025-03-10")
    assert kinds(links_between(whole, part)) == ["part_of"]
    assert links_between(whole, other) == ()


def test_two_months_are_two_quantities() -> None:
    words = "the port shipped {} tonnes of wheat"
    may = counts(words.format(40), DESTA, [("40", 40, "wheat")], "made:1", "2025-06-02", as_of="2025-05")
    june = counts(words.format(90), DESTA, [("90", 90, "wheat")], "made:2", "2025-07-02", as_of="2025-06")
    year = counts(words.format(900), DESTA, [("900", 900, "wheat")], "made:3", "2025-07-02", as_of="2025")
    assert "updates" not in kinds(links_between(may, june))
    assert [link.reasons[0].rule for link in links_between(may, year)] == ["part-of-time"]


def test_counts_of_what_was_over_exclude_each_other_days_later() -> None:
    march = "{} people joined the march against the law"
    police = counts(march.format("8,000"), DESTA, [("8,000", 8000, "people")], "made:1", "2025-03-10")
    league = counts(march.format("60,000"), LEMOS, [("60,000", 60000, "people")], "made:2", "2025-03-12")
    toll = "{} people died in the flood"
    early = counts(toll.format("8"), DESTA, [("8", 8, "people")], "made:3", "2025-03-10")
    late = counts(toll.format("60"), LEMOS, [("60", 60, "people")], "made:4", "2025-03-12")
    assert kinds(links_between(police, league)) == ["contradicts"]
    assert kinds(links_between(early, late)) == ["updates"]


def test_rounded_numbers_that_meet_are_no_contradiction_and_no_update() -> None:
    march = "{} people joined the march against the law"
    police = counts(march.format("8,000"), DESTA, [("8,000", 8000, "people")], "made:1", "2025-03-10", approximate=True)
    league = counts(march.format("8,300"), LEMOS, [("8,300", 8300, "people")], "made:2", "2025-03-12")
    assert kinds(links_between(police, league)) == ["corroborates"]


def plainly(words: str, who: Entity, uri: str, day: str, **rest: object) -> Entry:
    """A report of one statement without figures, that shares names with others made so."""
    return counts(words, who, [], uri, day, **rest)


def test_a_denial_in_own_words_needs_no_word_for_denying() -> None:
    claim = plainly("the guards beat the boy in the yard", DESTA, "made:1", "2025-03-10")
    no = plainly("no guard beat the boy in the yard", LEMOS, "made:2", "2025-03-11")
    recalls = plainly("he does not recall the boy in the yard", LEMOS, "made:3", "2025-03-11")
    (link,) = links_between(claim, no)
    assert (link.kind, link.reasons[0].rule) == ("denies", "denies-the-same-matter")
    assert links_between(claim, recalls) == ()


def test_two_accounts_of_what_came_first_exclude_each_other() -> None:
    one = plainly("the kiln was burning before the mast touched the wire", DESTA, "made:1", "2025-03-10")
    other = plainly("the mast touched the wire and only then the kiln was burning", LEMOS, "made:2", "2025-03-11")
    assert kinds(links_between(one, other)) == ["contradicts"]


def test_who_is_made_to_deny_answers_nobody() -> None:
    claim = plainly("the crew burned the old kiln in the yard", DESTA, "made:1", "2025-03-10")
    words = "that the crew burned the old kiln in the yard"
    for cue, drawn in (("denied", ["denies"]), ("was made to deny", [])):
        text = f"Lemos {cue} {words}."
        said = say(text, words, source="Lemos", cue=cue, who=LEMOS, stance="denies")
        answer = doc(text, uri="made:2", published="2025-03-11", entities=(LEMOS,), attributions=(said,))
        assert kinds(links_between(claim, entry(answer))) == drawn


def test_what_came_of_a_forecast_updates_it_whoever_tells() -> None:
    ahead = plainly("the swimming pool at Holm will open again by May", DESTA, "made:1", "2025-03-10")
    after = plainly("the swimming pool at Holm opened again", LEMOS, "made:2", "2025-04-20")
    elsewhere = plainly("the swimming pool at Varna opened again", LEMOS, "made:3", "2025-04-20")
    (link,) = links_between(ahead, after)
    assert (link.kind, link.source, link.reasons[0].rule) == ("updates", after.statements[0].id, "forecast-later-told")
    assert links_between(ahead, elsewhere) == ()


def test_who_credits_an_outlet_repeats_what_it_reported() -> None:
    first = "Paul Desta said the singer was probably poisoned. Holm."
    then = "Rita Lemos said the singer was poisoned, according to the Holm Mercury."
    made = [
        entry(
            doc(
                text,
                uri=uri,
                outlet=outlet,
                published=day,
                entities=(who,),
                mentions=(mention(text, who.name, who),),
                attributions=(say(text, words, source=who.name, who=who),),
            )
        )
        for text, uri, outlet, day, who, words in (
            (first, "made:1", "Holm Mercury", "2025-03-10", DESTA, "the singer was probably poisoned"),
            (then, "made:2", "Starline", "2025-03-11", LEMOS, "the singer was poisoned"),
        )
    ]
    (link,) = links_between(*made)
    assert (link.kind, link.reasons[0].rule) == ("repeats", "credited-statement")


def test_an_old_text_printed_again_updates_nothing() -> None:
    words = "22 miners are trapped below"
    early = counts(words, DESTA, [("22", 22, "miners")], "made:1", "2025-03-10")
    late = counts("40 miners are trapped below", DESTA, [("40", 40, "miners")], "made:2", "2025-03-12")
    assert kinds(links_between(early, late)) == ["updates"]
    text = f"{late.report.text} First published in January."
    old = entry(replace(late.report, text=text, attributions=(say(text, words.replace("22", "40"), who=DESTA),)))
    assert "updates" not in kinds(links_between(early, old))


def test_in_a_copied_passage_each_statement_repeats_its_own_words_only() -> None:
    text = (
        "Norland said the river dam at Holm is leaking. Sudland said its own dam is dry and safe. The pass was closed "
        "for the night and two lorries waited in the snow."
    )

    def printed(uri: str, day: str) -> Entry:
        said = (
            say(text, "the river dam at Holm is leaking", source="Norland", who=NORLAND),
            say(text, "its own dam is dry and safe", source="Sudland", who=SUDLAND),
        )
        return entry(doc(text, uri=uri, published=day, entities=(NORLAND, SUDLAND), attributions=said))

    first, second = printed("made:1", "2025-03-10"), printed("made:2", "2025-03-11")
    whole = Span(0, len(text))
    copy = Copy("cp-1", first.report.id, second.report.id, 1.0, ((whole, whole),))
    found = [(link.source, link.target) for link in links_between(first, second, copy)]
    assert sorted(found) == sorted(zip(*([s.id for s in e.statements] for e in (second, first)), strict=True))


def test_a_sentence_of_nobody_named_is_no_copied_passage_alone() -> None:
    def heard(source: str, uri: str) -> Entry:
        text = f"{source} said {RIVER}"
        speaker = Speaker(f"e-{uri}", anonymous=True, method="description", confidence=0.8)
        return entry(doc(text, uri=uri, attributions=(say(text, RIVER, source=source, speaker=speaker),)))

    a, b = heard("An official", "made:1"), heard("A senior official", "made:2")
    ends = [t.told[0].statement.content.spans[0] for t in (a, b)]
    first, second = sorted((a, b), key=lambda e: e.report.id)
    spans = (ends[0], ends[1]) if first is a else (ends[1], ends[0])
    copy = Copy("cp-1", first.report.id, second.report.id, 0.5, (spans,))
    assert "copied-statement" not in [link.reasons[0].rule for link in links_between(a, b, copy)]


def test_an_inquiry_into_a_leak_does_not_corroborate_who_was_hurt_by_it() -> None:
    hurt = counts("54 people were treated after the leak", DESTA, [("54", 54, "people")], "made:1", "2025-03-10")
    inquiry = plainly("there is an inquiry into the leak", LEMOS, "made:2", "2025-03-12")
    assert links_between(hurt, inquiry) == ()


def test_some_who_are_back_do_not_corroborate_all_who_left() -> None:
    left = counts("900 people left their homes", DESTA, [("900", 900, "people")], "made:1", "2025-03-10")
    words = "840 of the 900 people who left their homes are back"
    back = counts(words, LEMOS, [("840", 840, "people"), ("900", 900, "people")], "made:2", "2025-03-12")
    assert "corroborates" not in kinds(links_between(left, back))


def test_a_denial_of_something_near_is_no_denial() -> None:
    claim = plainly("the league should throw the racists out of its ranks", DESTA, "made:1", "2025-03-10")
    other = plainly(
        "there is no quarrel with the league that marches for lower taxes in town", LEMOS, "made:2", "2025-03-11"
    )
    assert links_between(claim, other) == ()


def test_one_quotation_in_two_papers_contradicts_nothing() -> None:
    words = '"I think he knows that words do not always come out right"'
    first = plainly(words, DESTA, "made:1", "2025-03-10")
    again = plainly(f"with respect to that, {words}", LEMOS, "made:2", "2025-03-11")
    assert {"contradicts", "denies"}.isdisjoint(kinds(links_between(first, again)))


def test_only_of_these_at_the_begin_makes_a_part() -> None:
    whole = counts("90 women joined the suit", DESTA, [("90", 90, "women")], "made:1", "2025-03-10")
    far = counts("the size of the suit that 12 women joined", LEMOS, [("12", 12, "women")], "made:2", "2025-03-10")
    near = counts("of the women, 12 women joined the suit", LEMOS, [("12", 12, "women")], "made:3", "2025-03-10")
    assert "part_of" not in kinds(links_between(whole, far))
    assert kinds(links_between(whole, near)) == ["part_of"]


def test_a_link_is_called_no_surer_than_its_rule_was_in_the_news() -> None:
    first = plainly("the guards beat the boy in the yard", DESTA, "made:1", "2025-03-10")
    no = plainly("no guard beat the boy in the yard", LEMOS, "made:2", "2025-03-11")
    (link,) = links_between(first, no)
    assert link.confidence == settings_file("relations.toml")["measured"]["denies-the-same-matter"]


def test_reports_that_only_share_a_name_are_linked_by_repeated_words_alone() -> None:
    filler = " ".join(f"Clerk {w} filed the {w} ledgers." for w in ("brown", "stone", "maple", "harbour", "copper") * 8)
    other = " ".join(f"Goat {w} won the {w} ribbon." for w in ("silver", "meadow", "barn", "clover", "thistle") * 8)
    claim, denial = "the guards beat the boy in the yard", "no guard beat the boy in the yard"

    def made(words: str, who: Entity, uri: str, day: str, rest: str) -> Entry:
        text = f"{who.name} said {words}. {rest}"
        said = say(text, words, source=who.name, who=who)
        return entry(doc(text, uri=uri, published=day, entities=(who,), attributions=(said,)))

    first = made(claim, DESTA, "made:1", "2025-03-10", filler)
    assert not tell_of_one(first, made(denial, LEMOS, "made:2", "2025-03-11", other))
    assert tell_of_one(first, made(denial, LEMOS, "made:2", "2025-03-11", filler))
    assert links_between(first, made(denial, LEMOS, "made:2", "2025-03-11", other)) == ()
    again = links_between(first, made(claim, DESTA, "made:2", "2025-03-11", other))
    assert kinds(again) == ["repeats"]


def test_a_confirmation_says_what_it_confirms_from_another_mouth() -> None:
    claim = plainly("the old kiln in the yard burned on Monday night", DESTA, "made:1", "2025-03-10")

    def answer(words: str, source: str = "Lemos", cue: str = "confirmed") -> list[str]:
        text = f"{source} {cue} that {words}."
        said = say(text, words, source=source, cue=cue, who=LEMOS, stance="confirms")
        report = doc(text, uri="made:2", published="2025-03-11", entities=(LEMOS,), attributions=(said,))
        return kinds(links_between(claim, entry(report)))

    assert answer("the kiln in the yard burned on Monday night") == ["confirms"]
    assert answer("the kiln in the yard will be sold to a museum") == []  # a neighbour of the same matter
    assert "confirms" not in answer("the kiln in the yard burned on Monday night", cue="cannot confirm")
    assert "confirms" not in answer(
        "the kiln in the yard burned on Monday night", source="Destas lawyer Lemos and Desta"
    )
