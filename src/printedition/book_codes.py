"""The faults that only making the books finds: code, severity, title, meaning, cure."""

from __future__ import annotations

_E, _W = "error", "warning"

# fmt: off
BOOK_CODES: tuple[tuple[str, str, str, str, str], ...] = (
    # The pages of a printing
    ("KEP001", _E, "printing is not there",
     "The pages of a printing are to be kept, or its errata printed, and there is no record of it "
     "under printings/, or it cannot be read.",
     "Give the name of a printing that “printedition release” recorded."),
    # The page
    ("KEP002", _W, "page of a printing is not kept",
     "The page is longer or shorter now than its paragraphs can make up for by their word spaces, "
     "and the page by a line.",
     "Take as many lines as are told from the page, or add some; or let it be so."),
    ("PAG001", _W, "margin note has no room beside its words",
     "The notes of a page are together higher than the page, or one of them is alone; the last "
     "of them is printed at the foot instead, with a numeral.",
     "Shorten the margin notes of that page, or give the longest the kind {.foot}."),
    ("PAG002", _E, "apparatus does not come to rest",
     "The line numbers of an entry change the break of the page, and the break changes the "
     "numbers, again and again. A marked proof of the pages is in the output folder.",
     "Change a word of the entry that is named, or the size of the page; and please report it."),
    ("PAG003", _E, "text stands below the top of a band",
     "What belongs on one page is higher than the page: a line, a row of a table or a picture "
     "with its entries.",
     "Make the picture or row smaller, or divide it; let fewer entries begin in one line."),
    ("PAG004", _E, "entry is not on the page of its lemma",
     "A page was set wrongly: this is a fault of the program.",
     "Please report it with your edition."),
    ("PAG005", _E, "note is lost, or off its page",
     "A page was set wrongly: a piece of a note is missing, stands twice, or lies off the page. "
     "This is a fault of the program.",
     "Please report it with your edition."),
    # Files for a printer
    ("PRE001", _E, "font is not in the file",
     "A printer sets letters in another font where the file does not bring its own along.",
     "Take another font: some forbid to be embedded. A picture may have letters of its own too."),
    ("PRE002", _W, "colour in a black book",
     "What is in colour prints grey or black, and what colour alone told is lost.",
     "Tell it otherwise, by a sign or by the kind of type; or choose a profile in colour."),
    ("PRE003", _W, "picture is coarse in print",
     "A picture needs 300 dots per inch of the paper that it covers, else its dots are seen.",
     "Give a picture with more dots, or print it smaller."),
    ("PRE004", _W, "something stands too near the edge",
     "Where pages are cut or bound, what stands near the edge is cut off or hidden.",
     "Make the margins of the page wider, or what reaches into them smaller."),
    ("PRE005", _E, "page is of another size",
     "All pages of a file are to be of one size. A page that lies on its side counts as its sheet.",
     "Take the size out of the rules for that page in the edition's page.css."),
    ("PRE006", _E, "RGB where it is not allowed",
     "A press prints with its own inks; colours that are said in red, green and blue come out as "
     "they happen to.",
     "Choose ink: 'black' for the profile, or give pictures and styles colours of the press."),
    ("PRE007", _W, "line is too thin for a copy",
     "A copying machine loses a line of less than 0.35 pt.",
     "Make it thicker in the edition's page.css, or in the picture."),
    ("PRE008", _W, "grey is lost in a copy",
     "A copying machine makes dots or dirt of a light grey.",
     "Print it black, or hatched."),
    ("PRE009", _W, "booklet is too thick to be folded",
     "So many sheets do not stay folded, and no staple goes through them.",
     "Give the profile a signature: '4'; the signatures are sewn or glued together."),
    # How the edition is published
    ("ISB001", _E, "ISBN is wrong",
     "An ISBN has thirteen digits, which hyphens may part; it begins with 978 or 979, and the last "
     "digit follows from the others.",
     "Copy the ISBN again as the agency gave it, all hyphens included."),
    # What only a build finds
    ("TPL001", _E, "template cannot be filled in",
     "A template does not parse, or asks for what cannot be done with what it is given.",
     "Correct the template at the line shown; the manual says what each template gets."),
    ("TPL002", _E, "name unknown to a template",
     "A template uses a name, a part of a record, a filter or a test that does not exist.",
     "Correct the spelling; the manual says what each template gets."),
    ("TPL003", _E, "template reaches too far",
     "A template may print what it is given; it may not reach what lies behind, or change it.",
     "Take the expression out."),
    ("TPL004", _E, "template does too much",
     "A template runs on without end, or would make something gigantic.",
     "Look for a macro that calls itself, and for a loop over a great range."),
    ("TPL005", _E, "page is not well-formed",
     "What a template prints is not well-formed XML: a tag is not closed or not opened, an "
     "attribute stands without quotation marks, or an entity of HTML is used.",
     "Close every tag in the order in which it was opened, <br/> too; quote attributes; write "
     "characters themselves, and &amp; and &lt; for & and <."),
    ("TPL006", _E, "template is missing",
     "A template includes or imports another that neither the edition nor the house has.",
     "Correct its name, which begins at the folder templates."),
    ("TPL007", _E, "template leaves out what has its place by it",
     "A template of the edition's own does not print a note or an entry, what calls it, or the id "
     "of the words that it is about, without which it would stand nowhere.",
     "Print what the house's template of that name prints, with its id, and let the style change "
     "its look."),
    ("CSS001", _W, "style is ignored in part",
     "A rule of a stylesheet is not understood and has no effect.",
     "Correct the rule at the place shown."),
    ("CSS002", _E, "style names a file that it cannot have",
     "A stylesheet names a file that is not there, lies outside the edition's folder, or is on "
     "the network, from which nothing is ever fetched.",
     "Put the file into the edition's styles and name it from there: url(fonts/Name.otf)."),
    ("PDF001", _E, "a link in the book leads nowhere",
     "A link of the composed book points to a place that is not in it.",
     "If a template of yours made the link, correct it; otherwise report this as our fault."),
    ("PDF002", _E, "pages do not come to rest",
     "After five rounds of layout page numbers still change.",
     "Make the contents or the index a little shorter or longer, and report the case."),
    ("PDF003", _E, "glyph is missing",
     "No font of the book has a character in the style in which it is printed, so that a "
     "stranger's letter or an empty box would be printed.",
     "Correct the character, or add a font that has it to the edition's styles/fonts, with an "
     "@font-face rule, and name it after the book's own in font-family."),
    ("PDF004", _E, "font is not one of the book's own",
     "A style asks for a font that the book does not bring along or that could not be loaded; "
     "another would be put in its place, on each machine a different one.",
     "Add the font to the edition's styles/fonts with an @font-face rule, or name another."),
    ("PDF005", _W, "layout warns",
     "The layout engine reports something that has no code of its own; mostly a style that is "
     "understood, and of no use where it is applied.",
     "Look at the page, and at the style shown; the engine's own words are in the message."),
)
# fmt: on
