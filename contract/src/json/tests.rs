//! What is JSON and what is not, beside a reader that is widely used.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn is_json(text: &str) -> bool {
    let mut json = Json::of(text);
    json.skip().and_then(|()| json.end()).is_ok()
}

#[test]
fn what_is_json_and_what_is_not() {
    let texts = [
        "0",
        "-0",
        "01",
        "1.5e-7",
        "1.",
        ".5",
        "1e",
        "-",
        "+1",
        "true",
        "tru",
        "null",
        "nul",
        "\"\"",
        "\"a",
        "\"\t\"",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        " [ { \"a\" : [ ] } , 2 ] ",
        "[]]",
        "",
        " ",
        "\"\\u12\"",
        "\"\\x\"",
        "\"\\u00e9\\n\\/\"",
        "{null:1}",
        "\u{feff}1",
        "[1}",
    ];
    for text in texts {
        assert_eq!(is_json(text), serde_json::from_str::<Value>(text).is_ok(), "{text}");
    }
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(is_json(&nested(100)) && is_json(&nested(1_000_000)) && !is_json(&"[".repeat(1_000_000)));
    assert!(!is_json(&format!("{}{}", "[".repeat(200), "}".repeat(200))));
}

#[test]
fn what_is_read_is_not_nested_without_end() {
    fn read(json: &mut Json<'_>) -> Read<()> {
        json.list(&mut |json, ()| read(json)).map(|_| ())
    }
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(read(&mut Json::of(&nested(100))), Ok(()));
    assert_eq!(read(&mut Json::of(&nested(100_000))), Err(Broken::Kind));
}

#[test]
fn bytes_that_are_no_utf_8_spoil_their_string_alone() {
    let names = |bytes: &[u8]| {
        let mut names = Vec::new();
        let read = whole(bytes, |json| {
            json.list(&mut |json, ()| {
                names.push(json.again().text().ok().map(Cow::into_owned));
                json.skip()
            })
        });
        read.map(|_| names).map_err(|(broken, ..)| broken)
    };
    let good = Some("a".to_owned());
    for bad in [
        &b"\"\xff\""[..],
        b"\"\xc3\"",
        b"\"\xed\xa0\x80\"",
        b"\"\\ud83d\xff\\ude00\"",
        b"\"\xf0\x9f\\ude00\"",
        b"\"\\\xff\\udc00\"",
    ] {
        let bytes = [b"[\"a\", ", bad, b", \"a\"]"].concat();
        assert_eq!(names(&bytes), Ok(vec![good.clone(), None, good.clone()]), "{bytes:?}");
    }
    for bad in [&b"[\"a\", \xff]"[..], b"[\"a\"]\xff", b"\xff[]"] {
        assert_eq!(names(bad), Err(Broken::Syntax), "{bad:?}");
    }
}

#[test]
fn half_of_a_pair_is_no_text() {
    let text = |text: &str| Json::of(text).text().ok().map(Cow::into_owned);
    assert_eq!(text("\"\\ud83d\\ude00 \\u00e9\"").as_deref(), Some("😀 é"));
    for broken in [
        "\"\\ud83d\"",
        "\"\\ud83dx\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "7",
        "{}",
    ] {
        assert_eq!(text(broken), None, "{broken}");
    }
    assert_eq!(text("null").as_deref(), Some(""));
}

#[test]
fn the_place_of_what_is_broken() {
    let mut json = Json::of("[1,\n 2 x]");
    assert_eq!(json.skip(), Err(Broken::Syntax));
    assert_eq!(json.place(), (2, 4));
}

proptest! {
    #[test]
    fn texts_come_back(text in any::<String>()) {
        let written = serde_json::to_string(&text).unwrap();
        let read = Json::of(&written).text();
        prop_assert_eq!(read.as_deref(), Ok(&*text));
    }

    #[test]
    fn it_agrees_on_what_is_json(text in "[\\[\\]{},:0-9eE.+\\-\"\\\\untrlfasb \u{1}é]{0,12}") {
        prop_assert_eq!(is_json(&text), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{}", text);
    }
}
