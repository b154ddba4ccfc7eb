//! Instants.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::text::moment::distance;
use crate::web::{clock, intl};

/// An instant as people say it ("3 days ago"), with the exact time on hover and for machines.
#[component]
pub fn Moment(
    /// The instant.
    instant: DateTime<Utc>,
) -> impl IntoView {
    view! {
        <time datetime=instant.to_rfc3339() title=intl::date_and_time(instant)>
            {intl::relative(distance(instant, clock::now()))}
        </time>
    }
}

/// An instant in full, with how long ago it was.
#[component]
pub fn ExactMoment(
    /// The instant.
    instant: DateTime<Utc>,
) -> impl IntoView {
    view! {
        <time datetime=instant.to_rfc3339()>{intl::date_and_time(instant)}</time>
        " "
        <span class="muted">{format!("({})", intl::relative(distance(instant, clock::now())))}</span>
    }
}
