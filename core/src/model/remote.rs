//! Remote data: what was last read, and the state of reading it.

/// Remote data. Data, pending read and error are independent: old data stays on screen during a refresh and after a
/// failed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote<Data, Error> {
    /// The last data of the current key.
    pub data: Option<Data>,
    /// Why the last read failed, until one succeeds.
    pub error: Option<Error>,
    /// The ticket of the read under way.
    reading: Option<u64>,
    /// The last ticket issued.
    last_ticket: u64,
}

impl<Data, Error> Default for Remote<Data, Error> {
    fn default() -> Self {
        Self {
            data: None,
            error: None,
            reading: None,
            last_ticket: 0,
        }
    }
}

impl<Data, Error> Remote<Data, Error> {
    /// Starts to read another key and drops the data of the old one.
    pub fn start_anew(&mut self) -> u64 {
        self.data = None;
        self.error = None;
        self.start_again()
    }

    /// Starts to read the same key again and keeps the data.
    pub fn start_again(&mut self) -> u64 {
        self.last_ticket += 1;
        self.reading = Some(self.last_ticket);
        self.last_ticket
    }

    /// Takes an answer, unless its read was superseded. Returns whether it was taken.
    pub fn finish(&mut self, ticket: u64, answer: Result<Data, Error>) -> bool {
        if self.reading != Some(ticket) {
            return false;
        }
        self.reading = None;
        match answer {
            Ok(data) => {
                self.data = Some(data);
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
        true
    }

    /// Whether a read is under way.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn old_data_stays_while_it_is_refreshed_and_after_a_failure() {
        let mut remote = Remote::<&str, &str>::default();
        let first = remote.start_anew();
        assert!(remote.finish(first, Ok("data")));
        let second = remote.start_again();
        assert_eq!((remote.data, remote.is_reading()), (Some("data"), true));
        assert!(remote.finish(second, Err("no answer")));
        assert_eq!(
            (remote.data, remote.error, remote.is_reading()),
            (Some("data"), Some("no answer"), false)
        );
        let third = remote.start_again();
        assert_eq!(
            remote.error,
            Some("no answer"),
            "the error stays until something better is known"
        );
        remote.finish(third, Ok("newer"));
        assert_eq!((remote.data, remote.error), (Some("newer"), None));
    }

    #[test]
    fn another_key_starts_with_nothing() {
        let mut remote = Remote::<&str, &str>::default();
        let ticket = remote.start_anew();
        remote.finish(ticket, Ok("data"));
        remote.start_anew();
        assert_eq!((remote.data, remote.error), (None, None));
    }

    proptest! {
        /// Whatever the order of answers, only that of the latest read is shown.
        #[test]
        fn late_answers_are_dropped(order in proptest::sample::subsequence((1u64..=6).collect::<Vec<_>>(), 0..=6).prop_shuffle()) {
            let mut remote = Remote::<u64, ()>::default();
            for _ in 1..=6 { remote.start_anew(); }
            for ticket in &order { remote.finish(*ticket, Ok(*ticket)); }
            prop_assert_eq!(remote.data, order.contains(&6).then_some(6));
        }
    }
}
