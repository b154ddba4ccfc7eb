//! Points in time.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;

use crate::browser::clock::use_minutes;
use crate::browser::intl;
use crate::ui::erased::dynamic;

/// A relative time ("3 days ago") that stays up to date. The exact time is shown on hover and on focus, is its
/// description for screen readers and, for machines, its `datetime` attribute.
#[component]
pub fn Moment(
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

/// An exact time followed by the relative one, where there is room for both.
#[component]
pub fn ExactMoment(
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
