//! Conditions that find exactly the secrets of a group. `None` where the language can't say it: a condition holds no
//! quotation mark.

/// `bundle:…`: the secrets of this bundle.
#[must_use]
pub fn of_bundle(bundle: &str) -> Option<String> {
    let is_sayable = !bundle.is_empty() && !bundle.contains('"');
    is_sayable.then(|| {
        if bundle.contains(char::is_whitespace) {
            format!("bundle:\"{bundle}\"")
        } else {
            format!("bundle:{bundle}")
        }
    })
}

/// `by:"…"`: the secrets of the creator with this name, email or id.
#[must_use]
pub fn of_creator(who: &str) -> Option<String> {
    let is_sayable = !who.is_empty() && !who.contains('"');
    is_sayable.then(|| format!("by:\"{who}\""))
}

/// `label:"…=…"`: the secrets with exactly this label.
#[must_use]
pub fn of_label(key: &str, value: &str) -> Option<String> {
    let is_sayable = !key.contains(['"', '=']) && !value.contains('"');
    is_sayable.then(|| format!("label:\"{key}={value}\""))
}

/// `id:"…,…"`: the secrets with these ids, as many as the query takes, and how many that are.
#[must_use]
pub fn of_ids<'a>(ids: impl IntoIterator<Item = &'a str>, most: usize) -> (String, usize) {
    let is_sayable = |id: &&str| !id.is_empty() && !id.contains(['"', ',']);
    let ids: Vec<&str> = ids.into_iter().filter(is_sayable).take(most).collect();
    if ids.is_empty() {
        return (String::new(), 0);
    }
    (format!("id:\"{}\"", ids.join(",")), ids.len())
}

/// Both conditions.
#[must_use]
pub(crate) fn and(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    parts.join(" ")
}
