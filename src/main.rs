//! Mounts the console into the page.
use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main><h1>"Strongroom"</h1></main> });
}
