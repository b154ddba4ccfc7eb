//! Points in time.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use strongroom_core::i18n::moment::{distance, short_age};

use crate::browser::clock::use_minutes;
use crate::browser::intl;
use crate::ui::erased::dynamic;

/// A relative time ("3 days ago"), or a short one for a dense table ("3 d", the date after a year), that stays up to date. The exact time is shown on hover and on focus, is its
/// description for screen readers and, for machines, its `datetime` attribute.
#[component]
pub fn Moment(
    instant: DateTime<Utc>,
    /// Whether it is a short one.
    #[prop(optional)]
    is_short: bool,
) -> impl IntoView {
    let exact = intl::date_and_time(instant);
    let minutes = use_minutes();
    view! {
        <time class="tip tip-end" tabindex="0" datetime=instant.to_rfc3339() data-tip=exact.clone() aria-description=exact>
            {dynamic(move || {
                let now = minutes.now();
                if is_short {
                    short_age(instant, now).unwrap_or_else(|| intl::date(instant))
                } else {
                    intl::relative(distance(instant, now))
                }
            })}
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
