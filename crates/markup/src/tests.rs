//! What is a mark and what is not.

use core::fmt::Write as _;
use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// Writes a tree so that it can be compared.
fn written(text: &str) -> String {
    let mut out = String::new();
    write(&parse(text), &mut out);
    out
}

fn write(nodes: &[Node<'_>], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Link { label, address, is_named: false } if label == address => {
                write!(out, "<{address}>").expect("room")
            }
            Node::Link { label, address, is_named } => {
                write!(out, "<{label}|{address}{}>", if *is_named { "|tell" } else { "" }).expect("room");
            }
            Node::Element(tag, children) => {
                let name = match tag {
                    Tag::Strong => "b",
                    Tag::Emphasis => "i",
                    Tag::Strike => "s",
                    Tag::Code => "code",
                    Tag::CodeBlock => "pre",
                    Tag::Quote => "quote",
                    Tag::Bullets => "ul",
                    Tag::Numbers => "ol",
                    Tag::Item => "li",
                    Tag::NumberedItem(number) => {
                        write!(out, "{{{number} ").expect("room");
                        write(children, out);
                        out.push('}');
                        continue;
                    }
                };
                write!(out, "{{{name} ").expect("room");
                write(children, out);
                out.push('}');
            }
        }
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(written(text), *expected, "{text:?}");
    }
}

#[test]
fn mk1_marks_within_a_line() {
    check(&[
        ("**bold** and *italic* and ~~gone~~", "{b bold} and {i italic} and {s gone}"),
        ("__bold__ and _italic_", "{b bold} and {i italic}"),
        ("***both*** **a *b* c** *a **b** c*", "{b {i both}} {b a {i b} c} {i a {b b} c}"),
        ("(*a*), \"_b_\". **c**!", "({i a}), \"{i b}\". {b c}!"),
        ("*Anna*'s **pre**-order", "{i Anna}'s {b pre}-order"),
        ("这是**重点**内容 **중요**는", "这是{b 重点}内容 {b 중요}는"),
        ("„*ja*“ — *so*", "„{i ja}“ — {i so}"),
        ("*a _b_ c* **🎉**", "{i a {i b} c} {b 🎉}"),
        ("*one*\n*two*", "{i one}\n{i two}"),
    ]);
}

#[test]
fn mk1_what_is_no_mark_stays_as_it_was_typed() {
    for text in [
        "2 * 3 * 4",
        "2*3*4",
        "2**3**4",
        "snake_case_name and another_snake_case",
        "größe_maß_x 变量_名字_x",
        ":-) :* >:( *_* ^_^ >_< hello >_< -_- o_O T_T",
        "*_* hello *_*",
        "¯\\_(ツ)_/¯ and ¯\\_(ツ)_/¯",
        "f**k s**t f*** *** ****",
        "*.rs and (*.ts)",
        "-",
        "- ",
        "*",
        "a ~ b ~~ c ~x~",
        "\\*a\\* \\_b\\_",
        "* * *",
        "- - -\n- - -",
        "**a* *",
        "*a\nb*",
        "** a **",
        "don`t",
        "`",
        "``",
        "[a] (b) [c]() [](x)",
        "#1 # title",
        "- one item",
        "24. Dezember",
        "01. a\n02. b",
        "<b>x</b> &amp; <script>alert(1)</script>",
        ">no space",
    ] {
        assert_eq!(written(text), text);
    }
}

#[test]
fn mk2_code_has_no_marks_in_it() {
    check(&[
        ("`*a*` and `` a`b ``", "{code *a*} and {code  a`b }"),
        ("`https://a.example` *`b*`*", "{code https://a.example} {i {code b*}}"),
        ("```\nlet *x* = 1;\n\n> y\n```", "{pre let *x* = 1;\n\n> y}"),
        ("see\n```rust\nfn x() {}\n```\nthere", "see{pre fn x() {}}there"),
        ("```code\nmore```", "{pre code\nmore}"),
        ("```a``` b", "{code a} b"),
        ("```\nnever closed", "```\nnever closed"),
        ("```\n```", "```\n```"),
    ]);
}

#[test]
fn mk3_quotes_and_lists() {
    check(&[
        ("> one\n> *two*\nthree", "{quote one\n{i two}}three"),
        ("> a\n> > b\n> c", "{quote a{quote b}c}"),
        ("> > > > deep", "{quote {quote {quote > deep}}}"),
        ("a\n\n> - x\n> - y\n\n\nb", "a{quote {ul {li x}{li y}}}b"),
        ("- a\n- **b**", "{ul {li a}{li {b b}}}"),
        ("* a\n* b\n\n* c\nd", "{ul {li a}{li b}{li c}}d"),
        ("• a\n• b", "{ul {li a}{li b}}"),
        ("3. c\n1. a", "{ol {3 c}{1 a}}"),
        ("- a\n  - b\n  - c\n- d", "{ul {li a{ul {li b}{li c}}}{li d}}"),
        ("- a\n1. b", "{ul {li a}}{ol {1 b}}"),
        ("a\n\n\nb", "a\n\n\nb"),
    ]);
}

#[test]
fn mk4_only_addresses_that_may_be_followed_become_links() {
    check(&[
        ("https://a.example", "<https://a.example>"),
        ("see https://a.example/x?y=1.", "see <https://a.example/x?y=1>."),
        ("(http://a.example)\nhttp", "(<http://a.example>)\nhttp"),
        ("javascript:alert(1) http:// https://-", "javascript:alert(1) http:// https://-"),
        ("xhttps://a.example", "xhttps://a.example"),
        ("https://ä.example/é!", "<https://ä.example/é>!"),
        ("https://a.b https://c.d", "<https://a.b> <https://c.d>"),
        (
            "https://w.example/A_(b) (https://w.example/A_(b))",
            "<https://w.example/A_(b)> (<https://w.example/A_(b)>)",
        ),
        ("https://a.example/snake_case_*x*", "<https://a.example/snake_case_*x>*"),
        ("**https://a.example**", "{b <https://a.example>}"),
        ("mailto:a@b.example", "<mailto:a@b.example>"),
        (
            "[click](javascript:alert(1)) [x](data:text/html,y)",
            "[click](javascript:alert(1)) [x](data:text/html,y)",
        ),
        ("[a](//evil.example) [b](/path)", "[a](//evil.example) [b](/path)"),
        ("https://a.example/\u{202e}gpj.exe", "<https://a.example/>\u{202e}gpj.exe"),
    ]);
}

#[test]
fn mk5_a_named_link_tells_where_it_leads() {
    check(&[
        ("[our shop](https://a.example/x)", "<our shop|https://a.example/x|tell>"),
        ("**[a](https://w.example/A_(b))**", "{b <a|https://w.example/A_(b)|tell>}"),
        ("[a.example](https://a.example/)", "<a.example|https://a.example/>"),
        ("[bank.example](https://evil.example)", "<bank.example|https://evil.example|tell>"),
        // Both addresses are seen, and nothing pretends to be the other.
        ("[https://bank.example](https://evil.example)", "[<https://bank.example>](<https://evil.example>)"),
        ("[a\u{202e}b](https://evil.example)", "[a\u{202e}b](<https://evil.example>)"),
        ("[write](mailto:a@b.example)", "<write|mailto:a@b.example|tell>"),
        ("[a](https://x y)", "[a](<https://x> y)"),
    ]);
}

#[test]
fn mk6_without_marks_a_message_says_the_same() {
    for (text, expected) in [
        ("**a** _b_ ~~c~~ `d`", "a b c d"),
        ("- a\n- b\nc", "a\nb\nc"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("x\n> y\n\nz", "x\ny\nz"),
        ("[shop](https://a.example)", "shop"),
        ("2 * 3", "2 * 3"),
        ("` `", "` `"),
    ] {
        assert_eq!(plain(text), expected);
    }
}

#[test]
fn mk7_one_to_three_emoji_alone_are_told_from_text() {
    for text in ["👍", "❤️", "👩‍👧 🏳️‍🌈", "👋🏽", "🇩🇪🇫🇷", "1️⃣", "😀 😀\n😀", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "☺"]
    {
        assert!(is_only_emoji(text), "{text}");
    }
    for text in ["", " ", "ok", "👍 ok", "😀😀😀😀", "1", "12", "#", "🇩", "\u{200d}", "👩\u{200d}", "é", "文"]
    {
        assert!(!is_only_emoji(text), "{text}");
    }
}

#[test]
fn mk9_every_emoji_that_is_offered_is_one_and_can_be_found() {
    let all: Vec<_> = EMOJI.iter().flat_map(|group| group.emoji).collect();
    for (index, (emoji, words)) in all.iter().enumerate() {
        assert!(is_only_emoji(emoji), "{emoji}");
        assert!(words.split(' ').all(|word| emoji_like(word).any(|(found, _)| found == *emoji)), "{emoji}");
        assert!(all.iter().skip(index + 1).all(|(other, _)| other != emoji), "{emoji} is there twice");
    }
    let found = |typed| emoji_like(typed).map(|(emoji, _)| emoji).collect::<Vec<_>>();
    assert_eq!(found(" Parc"), ["📦"]);
    assert_eq!(found("xyz"), [""; 0]);
    assert_eq!(found("").len(), all.len());
}

/// 200 kB take a fraction of a second; what is quadratic would take many minutes.
#[test]
fn mk8_hostile_text_takes_linear_time() {
    for piece in [
        "*a ",
        "**x *a ",
        "_*a",
        "*-",
        "`",
        "` `` ```",
        "``a",
        "[",
        "[a](https://",
        "[a](",
        "> ",
        "> - a\n",
        "```\n",
        "- a\n",
        " - a\n  - b\n",
        "https://",
        "h",
        "https://a)",
        "*_~",
        "\n",
        "**a **b",
        "***",
        "~~a",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let started = Instant::now();
        let nodes = parse(&text);
        assert!(!text.trim().is_empty() || nodes.is_empty());
        assert!(started.elapsed().as_secs() < 60, "{piece:?} took {:?}", started.elapsed());
    }
}

/// All letters and digits of a message, in order.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

fn depth(nodes: &[Node<'_>]) -> usize {
    let deeper = nodes.iter().map(|node| match node {
        Node::Text(_) | Node::Link { .. } => 0,
        Node::Element(_, children) => depth(children),
    });
    deeper.max().unwrap_or_default() + 1
}

proptest! {
    #[test]
    fn mk8_any_text_is_read_and_no_letter_is_lost(text in "([*_~`>\\[\\]() \n-]|https://|a|é|1\\.|```\n|\\*\\*){0,60}") {
        let nodes = parse(&text);
        prop_assert!(depth(&nodes) < 40);
        if !text.contains("](") && !text.contains("```") {
            prop_assert_eq!(letters(&plain(&text)), letters(&text));
        }
    }
}
