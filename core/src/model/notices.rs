//! Notifications: what is shown and for how long. Errors stay until dismissed.

/// The severity of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A success; disappears by itself.
    Done,
    /// An error; stays until dismissed.
    Failed,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice<Retry> {
    /// Its number, for dismissing it.
    pub number: u64,
    /// The severity.
    pub tone: Tone,
    /// The message.
    pub text: String,
    /// Details for support, such as a request id.
    pub details: Vec<(&'static str, String)>,
    /// Retries, if that can help.
    pub retry: Option<Retry>,
}

/// The notices that are shown, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notices<Retry> {
    shown: Vec<Notice<Retry>>,
    last: u64,
}

impl<Retry> Default for Notices<Retry> {
    fn default() -> Self {
        Self {
            shown: Vec::new(),
            last: 0,
        }
    }
}

/// The maximum on screen; the oldest success is removed for a new notice.
const MOST: usize = 4;

impl<Retry> Notices<Retry> {
    /// Adds a notice. Returns its number.
    pub fn push(
        &mut self,
        tone: Tone,
        text: String,
        details: Vec<(&'static str, String)>,
        retry: Option<Retry>,
    ) -> u64 {
        self.last += 1;
        self.shown.push(Notice {
            number: self.last,
            tone,
            text,
            details,
            retry,
        });
        if self.shown.len() > MOST {
            let oldest_done = self.shown.iter().position(|notice| notice.tone == Tone::Done);
            self.shown.remove(oldest_done.unwrap_or(0));
        }
        self.last
    }

    /// Removes a notice.
    pub fn dismiss(&mut self, number: u64) {
        self.shown.retain(|notice| notice.number != number);
    }

    /// Removes all notices.
    pub fn clear(&mut self) {
        self.shown.clear();
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> &[Notice<Retry>] {
        &self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_outstay_what_goes_by_itself() {
        let mut notices = Notices::<()>::default();
        let failed = notices.push(Tone::Failed, "failed".to_owned(), Vec::new(), Some(()));
        for _ in 0..9 {
            notices.push(Tone::Done, "done".to_owned(), Vec::new(), None);
        }
        assert_eq!(notices.shown().len(), MOST);
        assert_eq!(notices.shown()[0].number, failed);
        notices.dismiss(failed);
        assert!(notices.shown().iter().all(|notice| notice.tone == Tone::Done));
        notices.clear();
        assert!(notices.shown().is_empty());
    }
}
