//! Instants.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;

use crate::browser::clock::use_minutes;
use crate::browser::intl;
use crate::ui::erased::dynamic;

/// An instant as people say it ("3 days ago"), which follows the clock. The exact time is there on hover, on focus, in the description for a screen
/// reader and, for machines, in the attribute `datetime`.
#[component]
pub fn Moment(
    /// The instant.
    instant: DateTime<Utc>,
) -> impl IntoView {
    let exact = intl::date_and_time(instant);
    let minutes = use_minutes();
    view! {
        <time class="tip tip-end" tabindex="0" datetime=instant.to_rfc3339() data-tip=exact.clone() aria-description=exact>
            {dynamic(move || intl::relative(distance(instant, minutes.now())))}
        </time>
    }
    .into_any()
}

/// An instant in full, with how long ago it was: where there is room for both.
#[component]
pub fn ExactMoment(
    /// The instant.
    instant: DateTime<Utc>,
) -> impl IntoView {
    let minutes = use_minutes();
    view! {
        <time datetime=instant.to_rfc3339()>{intl::date_and_time(instant)}</time>
        " "
        <span class="muted">{dynamic(move || format!("({})", intl::relative(distance(instant, minutes.now()))))}</span>
    }
    .into_any()
}
