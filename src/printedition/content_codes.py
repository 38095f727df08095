"""The faults that reading and checking an edition find: code, severity, title, meaning, cure."""

from __future__ import annotations

_E, _W = "error", "warning"

# fmt: off
CONTENT_CODES: tuple[tuple[str, str, str, str, str], ...] = (
    # Files and their form
    ("SRC001", _E, "file is not UTF-8",
     "A byte in the file is no part of a character in UTF-8; the file was saved in another "
     "encoding.",
     "Open the file in your editor and save it again as UTF-8."),
    ("SRC002", _E, "YAML does not parse",
     "A record file is not well-formed YAML. Mostly a value holds a sign that YAML reads as its "
     "own: a colon and a blank, or a leading quotation mark, *, @, [, {, &, !, %, ` or |.",
     "Put the value in single quotes; an apostrophe inside is written twice, or as ’."),
    ("SRC003", _E, "key stands twice",
     "A key stands twice in one record; YAML would let the second win in silence.",
     "Keep one of them. For a second entry begin a new item with “- ”."),
    ("SRC004", _E, "unknown key",
     "A record has a key that this kind of record does not know.",
     "Correct the spelling; the manual lists the keys of every file."),
    ("SRC005", _E, "wrong shape",
     "A value is not of the shape that its key wants: a list where words belong, nothing where "
     "something is needed, a key left out that must be there, or a word that is no choice.",
     "Write the value as the message and the manual show it."),
    ("SRC006", _E, "text is not in NFC",
     "A letter with its accent is written as two characters, so that words which look alike are "
     "not found. The text is never changed by the program, only reported.",
     "Save the file in Unicode's form NFC (in many editors: “Normalise to NFC”), or write the "
     "letter and its accent as one character."),
    ("SRC007", _E, "file is missing",
     "The edition names a file that is not there.",
     "Correct the path, which begins at the edition's folder, or add the file."),
    ("SRC008", _E, "value is cut by a comment",
     "In YAML a blank and # begin a comment, so the value ends before them.",
     "Put the value in single quotes, or the comment on a line of its own."),
    ("SRC009", _E, "YAML tag, anchor, alias, or flow collection",
     "A value begins with !, &, *, { or [, which YAML takes for a sign of its own; record files "
     "use none of these.",
     "Put the value in single quotes; write lists one item to a line, each after “- ”."),
    ("SRC010", _E, "double quotes round literal words",
     "YAML takes the double quotes round a value away, so that quotation marks which belong to "
     "the words would be lost in silence.",
     "Write the words in single quotes; double quotes inside them are kept."),
    ("SRC011", _E, "file lies outside the edition's folder",
     "A path climbs out of the edition's folder, is absolute, or follows a link out of it.",
     "Copy the file into the edition's folder and name it by its path from there."),
    ("SRC012", _W, "file is never read",
     "A file looks like a part of the edition, but no other file names it, or it is not called as "
     "the program calls it: apparatus.yaml and commentary.md beside the texts, templates and "
     "styles as those of the house that they override, the rest as edition.yaml says.",
     "Rename it, move it, or name it in edition.yaml. A name that begins with _ keeps a file "
     "aside."),
    ("SRC013", _E, "control character",
     "A text holds a character that is no sign and no white space; no page and no e-book can "
     "hold it. Mostly it was pasted in with the words.",
     "Take it out; many editors show it as a box or a question mark."),
    ("SRC014", _E, "file is too large",
     "A text or record has more than two million bytes, which is more than a thick novel. It is "
     "not read, for it would take all the memory of many machines.",
     "Divide it over several files: a long text into chapters, each named under texts: in "
     "edition.yaml and in a folder of its own with its apparatus.yaml and commentary.md."),
    # Marks in texts
    ("MRK001", _E, "braces do not parse",
     "Directly after ] and alone on a line above a block, braces hold attributes: #id, .kind, "
     "key=value or key=\"value with blanks\", apart by blanks.",
     "Correct what stands in the braces; where braces are meant to be printed, write \\{."),
    ("MRK002", _E, "mark is not closed, or closes nothing",
     "An asterisk opens emphasis that never ends in its block, or a mark ends that never began.",
     "Close the mark; where the sign itself is meant, write \\* or \\[ or \\]."),
    ("MRK003", _E, "fence is not closed, or closes nothing",
     "A line of ::: with attributes opens a fence; a line of ::: alone closes it.",
     "Add the closing line of :::, or take out the one too many."),
    ("MRK004", _E, "unknown kind of mark or block",
     "A kind (the word after the dot) is none of those that the manual lists for marks or for "
     "blocks.",
     "Correct the spelling."),
    ("MRK005", _E, "unknown attribute",
     "A mark or block has a key that it does not know, or one with a value it cannot have.",
     "Correct the spelling; the manual lists the keys."),
    ("MRK006", _E, "attributes stand above nothing",
     "A line of braces gives the block directly below it its id and kind; here no block follows, "
     "or the line stands in the midst of a paragraph.",
     "Put the braces directly above the block, after a blank line; where they are meant to be "
     "printed, write \\{."),
    ("MRK007", _E, "words stand where nothing prints them",
     "A page break holds words, or a row of a table has more cells than the table has columns.",
     "Take the words out of the page break; give the table's first row as many cells."),
    ("MRK008", _E, "marks or blocks are nested too deeply",
     "More than forty marks, quotations, fences or lists stand open one inside another; mostly "
     "signs were meant to be printed, or were never closed.",
     "Close what is open; where a sign is meant to be printed, write \\ before it."),
    ("MRK009", _W, "what looks like a mark is none",
     "Signs that are marks elsewhere (HTML, **, _, lists in a text, a line of ---) or stand in "
     "the wrong place are no marks here; they would be printed as they stand.",
     "Write the mark that is meant. Where the signs are meant, write \\ before them."),
    ("MRK010", _E, "mark that no title has",
     "A title in edition.yaml takes emphasis, the language of words, and small capitals; it has "
     "no signs, notes, references, citations, links or pictures.",
     "Take the mark out; an asterisk that is to be printed is \\*, a bracket \\[."),
    ("MRK011", _W, "mark in a short title",
     "Short titles stand in running heads, all of whose letters are of one kind, and in loci: "
     "they are plain words, and asterisks in them are printed.",
     "Write the words alone. Marks belong into title:."),
    # Texts, ids, takes
    ("TXT001", _E, "id stands twice",
     "Two blocks of one text, or two texts, have the same id.",
     "Give one of them another id."),
    ("TXT002", _E, "edition has no text",
     "edition.yaml lists no text, so there is nothing to print.",
     "Add the text under texts: with an id and a file."),
    ("TXT003", _E, "malformed id",
     "Ids begin with a letter and are of letters (A–Z, a–z), digits and hyphens.",
     "Choose another id."),
    ("TXT004", _E, "text is empty",
     "The file of a text holds no words.",
     "Put the text into it, or take it out of edition.yaml."),
    ("TXT005", _W, "text is never printed",
     "A text stands under texts:, but in no section of the book, no table of versions, and "
     "nothing takes it.",
     "Add a line - text: with its id under book:, or take the text out."),
    ("TAK001", _E, "take of nothing",
     "A fence takes a text or a block that does not exist, or words that do not stand in it.",
     "Correct the name: a text's id, or text/block."),
    ("TAK002", _E, "take in a circle",
     "A text takes itself, directly or by way of another.",
     "Store the text once, and take it from there."),
    ("TAK003", _E, "take of too much",
     "A fence takes blocks that take others in turn, through too many steps, or until the text "
     "is many times its own length.",
     "Take the blocks from where they are stored, each once."),
    ("REF001", _E, "undefined target",
     "A reference (ref=) names nothing that the edition has: no text, block or words with an id, "
     "no note, entry, row or section.",
     "Correct the name: a text's id, text/block, block within the same text, or the id of a note, "
     "an entry, a row."),
    ("REF002", _E, "target is not printed",
     "A reference leads to what no section of the book prints, or asks by in= for a section in "
     "which it does not appear.",
     "Add the section under book:, or correct the reference."),
    ("REF003", _E, "reference says what it cannot",
     "A reference has a form that there is none of, a range that runs backwards or from one text "
     "to another, or form=, in= or to= without ref=; or the id of words stands on none.",
     "Correct the key; the forms are page, line, locus, above and words."),
    # Witnesses
    ("RGT001", _W, "rights in a text are not told",
     "In a volume, or where the book lists sources and rights, a text does not say who has the "
     "rights in it.",
     "Add rights: to the text, with who has the rights and what is allowed; also where nobody has "
     "any."),
    ("RGT002", _W, "source of a text is not told",
     "In a volume, or where the book lists sources and rights, a text does not say where it was "
     "taken from.",
     "Add source: to the text, and pages: with those that were used; a citation such as "
     "[@key, pp. 3–9] says them too."),
    ("RGT003", _W, "pages of a source are not told",
     "A text says where it was taken from, but not which pages were used, which whoever has the "
     "rights will ask.",
     "Add pages: to the text; pages: 'none' where its source has no pages."),
    ("RGT004", _W, "volume lists no sources and rights",
     "The book of a volume has no section that prints the sources and rights of its texts.",
     "Add under book: - permissions: 'Sources and Permissions'."),
    ("VOL001", _E, "no edition to include",
     "The volume includes a folder that is not there, or that lies outside the volume’s own.",
     "Correct the path, which begins at the volume’s folder, or copy the edition there."),
    ("VOL002", _E, "included edition includes another",
     "An edition that a volume includes lists, as a text, yet another edition.",
     "List each edition in the edition.yaml of the volume itself."),
    ("VOL003", _W, "part of an included edition has no place",
     "An included edition has a list of witnesses or of works cited, or an index; a volume prints "
     "one of each for all its texts, and this one has no section for it.",
     "Add the section under book: in the edition.yaml of the volume."),
    ("VOL004", _E, "edition is included twice",
     "A volume includes one folder twice, or a folder and one that lies in it, so that a file "
     "would be of two editions.",
     "List each edition once, and give each a folder beside the others."),
    ("VOL005", _W, "setting of an included edition has no effect",
     "An included edition sets what is the volume’s to set, such as its page, its line numbers, or "
     "its styles, or has a corrections.yaml of its own; the volume, which says nothing of these, "
     "prints it without them.",
     "State in the volume’s edition.yaml what is to hold for all its texts, and put files into the "
     "volume’s own folder."),
    ("WIT001", _E, "unknown siglum",
     "A reading names a siglum that no witness in edition.yaml has.",
     "Correct the siglum, or declare the witness; several sigla stand apart by blanks."),
    ("WIT002", _E, "siglum is defined twice",
     "Two witnesses have the same siglum.",
     "Give one of them another siglum."),
    ("WIT003", _W, "witness is never named",
     "A witness, or a scholar, is declared in edition.yaml, but no entry names it and none prints "
     "it among those that have the lemma.",
     "Name it in the apparatus or take it out; of the witness that the text follows say base: "
     "true."),
    ("WIT004", _E, "fragment is named where it holds nothing",
     "An entry names a witness whose extant: in edition.yaml leaves the place of its lemma out.",
     "Correct the siglum, or what the witness holds."),
    ("WIT005", _E, "stretch of a fragment runs backwards",
     "Under extant: the block after to: does not follow the block after from: in the same text.",
     "Exchange them; give each text an item of its own."),
    # Apparatus
    ("APP001", _E, "entry without a reading",
     "An entry has neither a reading nor a note, or a reading says nothing.",
     "Add under readings: what a witness has: text:, om: true, add:, …"),
    ("APP002", _E, "reading equals its lemma",
     "A reading has the very words of the lemma.",
     "Correct one of them, or leave the entry out."),
    ("APP003", _E, "lemma does not stand in the text",
     "The lemma repeats words of the edited text, exactly as printed, without marks. It may not "
     "begin or end amid a word.",
     "Copy the words from the text."),
    ("APP004", _E, "lemma stands more than once",
     "The lemma's words stand at several places, so that the entry could be about any of them.",
     "Tell it apart by in: with a block's id, by after: or before: with the words next to it, "
     "or by nth: '2 of 3' within a block."),
    ("APP005", _E, "nth of a changed total",
     "nth: '2 of 3' says how often the words stand in the block; the text now has another "
     "number, so the entry may be about another place.",
     "Look at the text, then correct the numbers."),
    ("APP006", _W, "entry is never printed",
     "An entry of the kind accidental goes to the list of corrections, and the book has none.",
     "Add a line - corrections: with the witness's siglum under book:, or take kind: out."),
    ("APP007", _E, "witness stands twice in an entry",
     "One witness is said to have two things at the same words.",
     "Take its siglum out of one of the readings."),
    ("APP008", _W, "entry leaves a witness out",
     "An entry says who has the lemma, or that it is a conjecture, so that silence no longer "
     "means agreement; but of a witness that holds the passage it says nothing. Or a reading "
     "does not say whose it is.",
     "Name every witness under wit:; mark one that lacks the passage with lacuna: true, or say "
     "what it holds by extant: in edition.yaml."),
    ("APP009", _E, "entries contradict each other",
     "Two entries are about the same words, or one about words within those of the other, and "
     "one witness cannot have both what the one and what the other says.",
     "Compare them with the witness, and correct or remove one."),
    ("APP010", _E, "no such band",
     "An entry names a band that edition.yaml does not declare, or one is declared twice.",
     "Declare it under bands:, or leave band: out; the entry then stands in variants."),
    # Profiles
    ("PRO001", _E, "profile is declared twice",
     "Two profiles have one name.",
     "Give one of them another name, or put their settings together."),
    ("PRO002", _E, "colours of a press cannot be told",
     "PDF/X-4 says by an ICC profile what press and paper the file is for; the one that is named "
     "is missing, or is another device's.",
     "Ask the press for its ICC profile, put the file into the edition's folder, and name it."),
    # Quotations elsewhere: commentary, index passages, moves
    ("LOC001", _E, "quoted words do not stand in the text",
     "A note, a passage of the index or a move quotes words that are not in the text.",
     "Copy the words from the text."),
    ("LOC002", _E, "quoted words stand more than once",
     "The quoted words stand at several places.",
     "Name the block, or tell the place apart by after, before, or nth: in a record as after:, in "
     "a head of Markdown as {after=\"…\"}. Of a move quote more words."),
    ("LOC003", _E, "nth of a changed total in a quotation",
     "nth says how often the words stand in the block; the text now has another number.",
     "Look at the text, then correct the numbers."),
    ("LOC004", _E, "place does not exist",
     "in:, to_in: or the head of a note names a text or a block that does not exist.",
     "Correct the name: block where the folder has one text, else text/block."),
    # Notes
    ("NOT001", _E, "note without an anchor",
     "A note of the text ([^n]: …) is never called, or a head of the commentary names no place.",
     "Put the call [^n] into the text, or take the note out."),
    ("NOT002", _E, "anchor without a note",
     "The text calls a note that has no body in the same file.",
     "Add a paragraph that begins with [^n]: and the note's words."),
    ("NOT003", _E, "note inside a note",
     "The body of a note calls another note; no note holds a note.",
     "Take the words of the inner note into the outer one."),
    ("NOT004", _E, "note stands twice",
     "Two notes of one file have the same label.",
     "Give one of them another label."),
    ("NOT005", _W, "note is never printed",
     "A note at the end goes to the section of the commentary, and the book has none.",
     "Add a line - commentary: 'Commentary' under book:, or make the note .foot or .margin."),
    # Versions in parallel
    ("PAR001", _E, "block of a version stands in no row",
     "A block of a version would be printed nowhere in the table of versions.",
     "Add it to the row where it belongs, or give it a row of its own."),
    ("PAR002", _E, "block of a version stands in two rows",
     "A block would be printed twice in the table of versions.",
     "Take it out of one of the rows."),
    ("PAR003", _E, "row names a block that does not exist",
     "A row names a block that the version does not have, or a text that is no version here.",
     "Correct the name: text/block."),
    ("PAR004", _W, "move does not lead from one version to another",
     "Moved words are named in a text that is no version of the table, or at both ends in the same "
     "version, so that neither the table nor the picture can show where they went.",
     "Name under from: and to: a block of two of the versions; what moved within one version is "
     "no change between versions."),
    # Index
    ("IDX001", _E, "index form occurs nowhere",
     "A form of an index heading stands in no text, note or preface of the book.",
     "Correct the form, which is found exactly as printed, or take it out."),
    ("IDX002", _E, "index heading stands twice",
     "Two headings of one index are the same.",
     "Join them."),
    ("IDX003", _E, "see-reference to nothing",
     "see: or see_also: names a heading that no index of the book has.",
     "Write the heading exactly as it stands after heading:."),
    ("IDX004", _W, "index heading leads nowhere",
     "A heading has no forms, no passages and no see-reference, so nothing stands after it.",
     "Add under forms: the words that name it, under passages: a place that speaks of it, or "
     "see: with another heading."),
    ("IDX005", _W, "words are claimed by two headings",
     "Two headings of one index have the same form, and nothing tells its places apart, so that "
     "each of them stands under both.",
     "Give one of the headings a longer form, or context: with words of the blocks that are its "
     "own; or say in the text what is meant: [Georgia]{index=\"Georgia (republic)\"}."),
    ("IDX006", _E, "see-reference in a circle",
     "Who follows see: from this heading comes back to it and finds no place.",
     "Let see: name the heading under which the places stand."),
    ("IDX007", _W, "see-reference leads to another see-reference",
     "The heading that is referred to has no places; it only refers on.",
     "Refer to the last heading at once."),
    ("IDX008", _W, "headings differ in case or accent only",
     "Two headings of one index have the same letters; mostly one of them is a slip, and the "
     "places of one thing are divided between them.",
     "Join them. Where they name two things, say so in the headings: Georgia (republic)."),
    ("IDX009", _E, "index= names no heading",
     "Words of a text are put under a heading that no index has.",
     "Write the heading as it stands after heading:, a subheading after its heading and a "
     "colon: index=\"Georgia: entry\"; index=no leaves the words out."),
    ("IDX010", _W, "heading without a place has see also",
     "see also adds headings to the places of one; this heading has no place.",
     "Write see: in place of see_also:, or add what names the heading."),
    ("IDX011", _W, "no place is left for a heading",
     "The forms of a heading stand in the book, but every place was left out by rule or by the "
     "text, lies inside a longer form, or lacks the words that context: asks for.",
     "Correct what takes the places away, or take the heading out."),
    ("IDX012", _W, "inflection is not known",
     "How possessives or plurals are made is known for some languages only; not for that of this "
     "edition.",
     "List the inflected forms under forms:."),
    ("IDX013", _E, "register of no index",
     "A register lists headings of an index with their descriptions, and the book has no index of "
     "that file.",
     "Correct the path, or add the index under book: in edition.yaml."),
    ("IDX014", _W, "register has nothing to list",
     "A register is to list the headings of a type, and no heading has that type.",
     "Add type: to the headings in the index's file, or correct the type of the register."),
    ("IDX015", _E, "mark that no heading of an index has",
     "A heading takes emphasis, the language of words, and small capitals; it has no signs, notes, "
     "references, citations, links or pictures.",
     "Take the mark out; a bracket that is to be printed is \\[."),
    # Works cited
    ("BIB001", _E, "work is not in the bibliography",
     "A citation such as [@key, p. 12] names a key that no work of bibliography.yaml has.",
     "Correct the key, or add the work to bibliography.yaml; where no citation is meant, write \\[ "
     "for the bracket."),
    ("BIB002", _W, "work is cited nowhere",
     "bibliography.yaml has a work that nothing in the edition cites, so that it does not stand in "
     "the list of works cited.",
     "Cite it, take it out, or list it all the same: name it under nocite: in bibliography.yaml."),
    ("BIB003", _E, "key of a work stands twice",
     "Two works of bibliography.yaml have the same id, and a citation could mean either.",
     "Give one of them another id."),
    ("BIB004", _E, "citation does not parse",
     "Part of a citation names no work, or names two; or the place in the work has no number, or "
     "what stands before it names no kind of place.",
     "Write [@key, p. 12; @other, vol. 2]: works apart by semicolons, the place after a comma."),
    ("BIB005", _E, "style of citations cannot be used",
     "The file that citation_style: names is not XML, is no style in the Citation Style Language, "
     "stands only for another style, declares entities, or calls its macros without end.",
     "Take an independent style, a file ending in .csl, and name that."),
    ("BIB006", _E, "citation cannot be formatted",
     "The style has something that the processor of styles, citeproc-py, cannot do with this "
     "work.",
     "Look at the work in bibliography.yaml, above all at its dates and names; or take another "
     "style."),
    ("BIB007", _W, "list of works cited is empty",
     "The book has a section of works cited, but nothing in it cites a work.",
     "Take the section out, or cite a work."),
    # Pictures and links
    ("IMG001", _E, "image is missing",
     "A picture is not in the edition's folder, or is no picture that can be printed (PNG, JPEG).",
     "Correct the path, which begins at the file that names the picture, or add the file."),
    ("IMG002", _E, "image is remote",
     "A picture is named by an address on the network; nothing is ever fetched.",
     "Save the picture in the edition's folder."),
    ("IMG003", _E, "image lies outside the edition's folder",
     "The path of a picture climbs out of the edition's folder.",
     "Copy the picture into the edition's folder."),
    ("LNK001", _E, "link leaves the edition",
     "A link goes to a file outside the edition's folder, or has a scheme other than https, http "
     "or mailto.",
     "Link to a page on the network, or refer to a place in the book with [words]{ref=…}."),
    # Letters, dates, abbreviations
    ("DAT001", _E, "day is not in the calendar",
     "A date names a month or a day that there is not, such as 1922-09-31.",
     "Correct the date: year, month and day in figures."),
    ("DAT002", _E, "time ends before it begins",
     "The last day of a date lies before its first day.",
     "Correct one of the two days, or exchange them."),
    ("DAT003", _E, "date is incomplete",
     "A date says nothing of the day, or says it in ways that do not go together. A day is when:, "
     "a time that lasted is from: and to:, bounds are not_before: or after:, and not_after: or "
     "before:.",
     "Leave the keys of one way, and take out the others."),
    ("DAT004", _W, "dates contradict each other",
     "A letter would have been sent, received or registered before it was written, or received "
     "before it was sent.",
     "Correct the date; where the source itself is wrong or doubtful, write certainty: 'low'."),
    ("DAT005", _W, "dates are never printed",
     "No section of the book prints the dates of a text or the events: neither the text has a "
     "section of its own, nor is there a chronology.",
     "Add the text, or a chronology, under book: in edition.yaml."),
    ("DAT006", _W, "date has no place in the chronology",
     "The book has a chronology, and this date has words only, so that it stands at its end.",
     "Add the day as machines read it: when:, from: and to:, or bounds."),
    ("LET001", _W, "sender or addressee is missing",
     "A letter does not say who sent it, or to whom.",
     "Add sender: or addressee:; where nobody knows, write - unknown: 'true'."),
    ("LET002", _E, "no address in an authority file",
     "The authority of a name is neither an address on the web nor an id of an authority file "
     "that the program knows.",
     "Write an address that begins with https://, or for example viaf: and the id."),
    ("ABB001", _E, "abbreviation is declared twice",
     "The list of abbreviations has the same abbreviation twice.",
     "Keep one of them; name both meanings in it, if it has two."),
    ("ABB002", _W, "abbreviation is not explained",
     "Capitals with points stand in the book, as C.C. does, and the list of abbreviations in "
     "edition.yaml has no word about them. This is looked for only where there is such a list.",
     "Add the abbreviation with its expansion; initials of a name are unlisted: 'true'."),
    ("ABB003", _W, "abbreviation is never used",
     "The list of abbreviations has one that stands nowhere in the book.",
     "Correct its spelling, or take it out."),
    ("ABB004", _W, "abbreviations are never printed",
     "There is a list of abbreviations, but the book has no section that prints it.",
     "Add - sigla: or - abbreviations: with a title under book: in edition.yaml."),
    # The glossary
    ("NOT006", _E, "note explains no word",
     "A note of kind .vocabulary stands on a whole block and has no headword=, so that no glossary "
     "could list it.",
     "Quote the word in its head, or write headword=."),
    ("NOT007", _W, "word is never explained in print",
     "A note of kinds .vocabulary and .end stands in the glossary alone, and the book has none.",
     "Add a line - glossary: 'Glossary' under book:, or make the note .foot or .margin."),
    # The syllabus
    ("SYL001", _W, "syllabus is never printed",
     "edition.yaml has sessions of a course, and the book has no section that prints them.",
     "Add a line - syllabus: 'Syllabus' under book:."),
    # Questions
    ("QUE001", _W, "question is never printed",
     "A question stands below the section of its text, or in a section of questions; the book has "
     "neither.",
     "Add a line - questions: 'Questions' under book:, or a section of the text."),
    # Audiences
    ("AUD001", _E, "no such audience",
     "Something is said to be for an audience that the edition does not have, or a book for one "
     "was asked for.",
     "Correct the spelling, or declare the audience under audiences: in edition.yaml."),
    ("AUD002", _E, "part of a text for one audience",
     "A text belongs to its author and is the same in all books; only the editor's words can be "
     "for one audience.",
     "Put it into the commentary, into questions or into prose. A whole text can be for one "
     "audience: say so of its section in edition.yaml."),
    ("AUD003", _E, "reference to what others do not have",
     "A reference in words for all leads to what only the book for one audience prints.",
     "Say audience= of the words that refer, too, or refer to another place."),
    ("AUD004", _E, "appendix is not the last, or for nobody",
     "An appendix has what is for one audience. It is printed in its book alone, so that every "
     "page behind it would have another number there.",
     "Make it the last item under book:, and say audience: of it."),
)
# fmt: on
