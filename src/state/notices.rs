//! Notifications: what is shown, for how long, and that errors stay until they are dismissed.

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done; it goes by itself.
    Done,
    /// Something failed; it stays until dismissed.
    Failed,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number, for dismissing it.
    pub number: u64,
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// Facts for whoever looks into it, such as a request id.
    pub details: Option<String>,
}

/// The notices that are shown, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notices {
    shown: Vec<Notice>,
    last: u64,
}

/// More than these would cover the page; the oldest that would go by itself gives way.
const MOST: usize = 4;

impl Notices {
    /// Shows one. Returns its number.
    pub fn push(&mut self, tone: Tone, text: impl Into<String>, details: Option<String>) -> u64 {
        self.last += 1;
        self.shown.push(Notice {
            number: self.last,
            tone,
            text: text.into(),
            details,
        });
        if self.shown.len() > MOST {
            let oldest_done = self.shown.iter().position(|notice| notice.tone == Tone::Done);
            self.shown.remove(oldest_done.unwrap_or(0));
        }
        self.last
    }

    /// Takes one away.
    pub fn dismiss(&mut self, number: u64) {
        self.shown.retain(|notice| notice.number != number);
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> &[Notice] {
        &self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_outstay_what_goes_by_itself() {
        let mut notices = Notices::default();
        let failed = notices.push(Tone::Failed, "failed", None);
        for _ in 0..9 {
            notices.push(Tone::Done, "done", None);
        }
        assert_eq!(notices.shown().len(), MOST);
        assert_eq!(notices.shown()[0].number, failed);
        notices.dismiss(failed);
        assert!(notices.shown().iter().all(|notice| notice.tone == Tone::Done));
    }
}
