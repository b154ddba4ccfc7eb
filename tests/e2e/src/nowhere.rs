//! Proves that a value is nowhere to be found.

use serde_json::Value;

/// Collects every place of the page where a text can be, as an object from place to text.
pub(crate) const PLACES: &str = r"
return (async () => {
const places = {};
const all = [...document.querySelectorAll('*')];
places['the page'] = document.documentElement.outerHTML;
places['what fields hold'] = all.map(e => 'value' in e ? String(e.value) : '').join('\n');
places['attributes'] = all.flatMap(e => [...e.attributes].map(a => a.name + '=' + a.value)).join('\n');
places['text of the page'] = document.documentElement.textContent;
places['local storage'] = JSON.stringify(Object.entries(localStorage));
places['session storage'] = JSON.stringify(Object.entries(sessionStorage));
places['cookies'] = document.cookie;
places['the address'] = location.href;
places['the title'] = document.title;
places['the history'] = JSON.stringify(history.state) + window.name + document.referrer;
places['addresses of requests'] = performance.getEntries().map(e => e.name).join('\n');
places['the selection'] = String(getSelection());
places['databases'] = '';
for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    // Where it is just being deleted, none is made in its place.
    opening.onupgradeneeded = () => opening.transaction.abort();
    const opened = await new Promise(done => {
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => done(null);
    });
    for (const store of opened ? opened.objectStoreNames : []) {
        const reading = opened.transaction(store).objectStore(store).getAll();
        await new Promise(done => { reading.onsuccess = reading.onerror = done; });
        places['databases'] += name + store + JSON.stringify(reading.result);
    }
    opened?.close();
}
places['caches'] = '';
for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
        places['caches'] += request.url + await (await cache.match(request)).text();
    }
}
return places;
})();
";

/// The forms that a value can take on its way.
pub(crate) fn forms(value: &str) -> Vec<String> {
    let escaped = Value::from(value).to_string();
    let percent: String = value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    let html = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut forms = vec![
        value.to_owned(),
        escaped.trim_matches('"').to_owned(),
        percent,
        html,
        base64(value.as_bytes()),
    ];
    forms.sort();
    forms.dedup();
    forms
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = bytes.chunks(3).flat_map(|chunk| {
        let number = chunk.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |index| char::from(ALPHABET[number >> (18 - 6 * index) & 63]))
    });
    // Without the padding: a longer text that holds this one would have none here.
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_these_forms() {
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE");
        assert_eq!(base64(b"M"), "TQ");
        let forms = forms("a\"b <ü>");
        for form in ["a\"b <ü>", "a\\\"b <ü>", "a%22b%20%3C%C3%BC%3E", "a\"b &lt;ü&gt;"] {
            assert!(forms.iter().any(|it| it == form), "{form} is not in {forms:?}");
        }
    }
}
