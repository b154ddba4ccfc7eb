//! Languages and preferences, which are half the browser's: its `Intl`, its list of languages, its storage.

use strongroom::browser::clock::use_clock;
use strongroom::browser::intl;
use strongroom::browser::preferences::{self, Preference};
use strongroom_core::i18n::language::Language;
use wasm_bindgen_test::wasm_bindgen_test;

fn run(script: &str) {
    js_sys::eval(script).unwrap();
}

#[wasm_bindgen_test]
fn dates_and_numbers_follow_the_language_and_the_region() {
    let noon = chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00Z")
        .unwrap()
        .to_utc();
    for (tag, date, count, relative) in [
        ("en-US", "Nov 24, 2026", "1,234,567", "3 days ago"),
        ("en-GB", "24 Nov 2026", "1,234,567", "3 days ago"),
        ("de", "24.11.2026", "1.234.567", "vor 3 Tagen"),
        ("de-DE", "24.11.2026", "1.234.567", "vor 3 Tagen"),
        ("en", "Nov 24, 2026", "1,234,567", "3 days ago"),
    ] {
        intl::set_locale(tag);
        assert!(intl::date_and_time(noon).contains(date), "{tag}");
        assert_eq!(intl::count(1_234_567), count, "{tag}");
        assert_eq!(intl::relative((-3, "day")), relative, "{tag}");
    }
}

#[wasm_bindgen_test]
fn intl_takes_what_is_made_of_any_list_of_the_browser() {
    let lists: [&[&str]; 6] = [
        &[],
        &["en-US@posix", "c"],
        &["en-XX-u-hc-h12"],
        &["de-ZZ", "en-999"],
        &["de-Latn-AT-1996-u-co-phonebk"],
        &["", "-", "EN--gb"],
    ];
    for list in lists {
        for language in Language::ALL {
            intl::set_locale(&language.locale(list));
            assert!(!intl::date_and_time(use_clock().now()).is_empty());
            assert!(!intl::relative((0, "second")).is_empty());
            assert!(!intl::count(1).is_empty());
        }
    }
    intl::set_locale("en");
}

#[wasm_bindgen_test]
fn the_browser_tells_its_languages_or_does_not() {
    assert!(!preferences::browser_languages().is_empty());
    run("Object.defineProperty(navigator, 'languages', { configurable: true, value: ['de-AT', 7, 'en'] })");
    assert_eq!(preferences::browser_languages(), ["de-AT", "en"]);
    run("Object.defineProperty(navigator, 'languages', { configurable: true, value: undefined })");
    let alone = preferences::browser_languages();
    run("Object.defineProperty(navigator, 'language', { configurable: true, value: undefined })");
    let silent = preferences::browser_languages();
    run("delete navigator.languages; delete navigator.language");
    assert_eq!(alone.len(), 1);
    assert!(silent.is_empty());
}

#[wasm_bindgen_test]
fn the_page_says_its_language() {
    let page = || js_sys::eval("document.documentElement.lang").unwrap().as_string();
    preferences::set_page_language("de");
    assert_eq!(page().as_deref(), Some("de"));
    preferences::set_page_language("en");
    assert_eq!(page().as_deref(), Some("en"));
}

#[wasm_bindgen_test]
fn preferences_are_kept_and_forgotten() {
    for preference in Preference::ALL {
        assert!(preferences::write(preference, preference.name()));
    }
    for preference in Preference::ALL {
        assert_eq!(preferences::read(preference).as_deref(), Some(preference.name()));
        preferences::remove(preference);
        assert_eq!(preferences::read(preference), None);
    }
}

#[wasm_bindgen_test]
fn a_browser_may_refuse_to_keep_preferences() {
    run(
        "window.__kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
         Object.defineProperty(window, 'localStorage', {
             configurable: true,
             get() { throw new DOMException('refused', 'SecurityError'); },
         })",
    );
    let is_kept = preferences::write(Preference::Theme, "dark");
    let read = preferences::read(Preference::Theme);
    preferences::remove(Preference::Theme);
    run("Object.defineProperty(window, 'localStorage', window.__kept); delete window.__kept");
    assert!(!is_kept);
    assert_eq!(read, None);
    assert_eq!(preferences::read(Preference::Theme), None);
}
