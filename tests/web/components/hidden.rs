//! A value that is hidden while it is given: it is not in the page, and all that does not need eyes still works.

use contract::SecretText;
use leptos::prelude::GetUntracked;
use wasm_bindgen_test::wasm_bindgen_test;

use super::values::{DROP, field, file, sent, told};

const HIDE: &str = "all('button').find(it => it.ariaLabel === 'Hide Value').click()";
const SHOW: &str = "all('button').find(it => it.ariaLabel === 'Show Value').click()";

/// A script that pastes a text where the focus is.
fn paste(text: &str) -> String {
    format!(
        "const data = new DataTransfer();
         data.setData('text/plain', '{text}');
         document.activeElement.dispatchEvent(
             new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}))"
    )
}

#[wasm_bindgen_test]
async fn what_is_hidden_is_kept_and_comes_back() {
    let (stage, value, changes) = field().await;
    stage.act("type('textarea', 'hidden-canary\\n')").await;
    stage.act(HIDE).await;
    assert_eq!(stage.say("at('textarea').value"), "");
    assert!(stage.holds("at('textarea').readOnly && at('textarea').placeholder.startsWith('Hidden.')"));
    assert_eq!(sent(value), "hidden-canary\n", "it is sent all the same");
    assert!(told(&stage).starts_with("14 bytes · 1 line"), "{}", told(&stage));
    stage.act(SHOW).await;
    assert_eq!(stage.say("at('textarea').value"), "hidden-canary\n");
    assert!(stage.holds("!at('textarea').readOnly && !at('textarea').hasAttribute('placeholder')"));
    assert_eq!((sent(value).as_str(), changes.get_untracked()), ("hidden-canary\n", 1));
}

#[wasm_bindgen_test]
async fn a_file_and_a_paste_take_the_place_of_what_is_hidden() {
    let (stage, value, _) = field().await;
    stage.act(HIDE).await;
    stage.act(&file(DROP, "windows.txt", "[97, 13, 10, 98, 13, 10]")).await;
    stage.until("document.body.textContent.includes('6 bytes')").await;
    assert_eq!(sent(value), "a\r\nb\r\n");
    assert_eq!(stage.say("at('textarea').value"), "");
    stage
        .act(&format!("at('textarea').focus(); {}", paste("c\\r\\nd")))
        .await;
    assert_eq!(sent(value), "c\nd");
    stage
        .until("document.body.textContent.includes('Line ends are sent as LF.')")
        .await;
    assert_eq!(stage.say("at('textarea').value"), "");
    assert!(stage.holds("document.activeElement === at('textarea')"));
    stage.act(&paste("")).await;
    assert_eq!(sent(value), "c\nd", "a clipboard without text changes nothing");
    stage.act(SHOW).await;
    assert_eq!(stage.say("at('textarea').value"), "c\nd");
    stage.act(HIDE).await;
    stage.act(&file(DROP, "windows.txt", "[97, 13, 10]")).await;
    stage.until("document.body.textContent.includes('3 bytes')").await;
    stage.act(SHOW).await;
    assert_eq!(stage.say("at('textarea').value"), "a\n");
    assert_eq!(sent(value), "a\r\n", "line ends of a file outlive being shown");
}

#[wasm_bindgen_test]
async fn what_is_pasted_into_another_field_beside_it_is_no_value() {
    let (stage, value, _) = field().await;
    stage.act("type('textarea', 'a\\nb')").await;
    stage
        .act(&format!(
            "at('.generator').open = true; at('#generate-length').focus(); {}",
            paste("1\\r\\n2\\r\\n")
        ))
        .await;
    stage.act("type('textarea', 'a\\nb\\n')").await;
    assert_eq!(sent(value), "a\nb\n");
}

#[wasm_bindgen_test]
async fn what_is_dropped_on_another_control_beside_the_field_is_no_value() {
    let (stage, value, _) = field().await;
    let drop = "const data = new DataTransfer();
        data.setData('text/plain', '1\\r\\n2');
        return at('#generate-length').dispatchEvent(
            new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))";
    assert!(stage.run(drop).is_truthy(), "the browser puts it where it fell");
    stage.settle().await;
    assert_eq!(sent(value), "");
    stage.act("type('textarea', 'a\\nb')").await;
    stage.act(HIDE).await;
    assert!(stage.run(drop).is_truthy());
    assert_eq!(sent(value), "a\nb");
}

#[wasm_bindgen_test]
async fn a_value_is_never_written_where_the_focus_happens_to_be() {
    let (stage, value, _) = field().await;
    stage.run(
        "const other = document.createElement('input');
         document.getElementById('stage').append(other);
         other.id = 'elsewhere';
         other.focus();
         at('textarea').closest('.value-input').inert = true;",
    );
    assert!(value.set(&SecretText::new("late-canary")));
    assert_eq!(sent(value), "late-canary");
    assert_eq!(stage.say("at('#elsewhere').value"), "");
}
