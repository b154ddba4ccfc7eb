//! A list that is read while the server's list changes: no secret twice, and none missing that was there throughout.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;
    use strongroom_core::list::reading::{Command, Reading, Request, State};
    use strongroom_core::list::{Facts, List};

    /// A server that lists by creation and begins each page after the last secret of the one before, as a server with
    /// cursors does; whatever a cursor points at may be gone by then.
    #[derive(Debug, Default)]
    struct Server {
        secrets: BTreeSet<u32>,
        next: u32,
        /// How many it grants at most.
        most: usize,
    }

    impl Server {
        fn answer(&self, request: &Request) -> String {
            let after = request.cursor.as_deref().map(|cursor| cursor.parse::<u32>().unwrap());
            let limit = (request.limit as usize).min(self.most);
            let rest: Vec<u32> = self
                .secrets
                .iter()
                .copied()
                .filter(|it| after.is_none_or(|after| *it > after))
                .collect();
            let page = &rest[..limit.min(rest.len())];
            let items: Vec<_> = page
                .iter()
                .map(|it| json!({"metadata": {"id": it.to_string(), "name": format!("S{it}")}}))
                .collect();
            let cursor = page.last().filter(|_| page.len() < rest.len()).map(u32::to_string);
            json!({"items": items, "pagination": {"nextCursor": cursor}}).to_string()
        }

        fn create(&mut self) {
            self.secrets.insert(self.next);
            self.next += 1;
        }
    }

    /// What happens while a list is being read.
    #[derive(Debug, Clone)]
    enum Step {
        Answer,
        Fail,
        Busy,
        Due,
        Create,
        Delete(prop::sample::Index),
        Stop,
        Resume,
        BeginAgain,
        LateAnswer,
        /// The server answers, and the answer is on its way for a while.
        Prepare,
        /// A secret is made here, and the list is told.
        Put,
        /// A secret is deleted here.
        DeleteHere(prop::sample::Index),
        /// A secret is taken away here before the server has agreed.
        TakeOut(prop::sample::Index),
        /// The server has not agreed.
        PutBack,
        /// The server is asked for those whose number holds this digit.
        Search(u32),
    }

    fn steps() -> impl Strategy<Value = Step> {
        prop_oneof![
            8 => Just(Step::Answer), 1 => Just(Step::Fail), 1 => Just(Step::Busy), 2 => Just(Step::Due),
            2 => Just(Step::Create), 2 => any::<prop::sample::Index>().prop_map(Step::Delete),
            1 => Just(Step::Stop), 3 => Just(Step::Resume), 1 => Just(Step::BeginAgain), 1 => Just(Step::LateAnswer),
            1 => (0_u32..10).prop_map(Step::Search), 4 => Just(Step::Prepare), 1 => Just(Step::Put),
            2 => any::<prop::sample::Index>().prop_map(Step::DeleteHere),
            2 => any::<prop::sample::Index>().prop_map(Step::TakeOut), 2 => Just(Step::PutBack),
        ]
    }

    proptest! {
        #[test]
        fn nothing_twice_and_nothing_missing(
            there in 0_u32..60, most in 1_usize..20, steps in proptest::collection::vec(steps(), 0..120),
        ) {
            let mut server = Server { most, ..Server::default() };
            for _ in 0..there {
                server.create();
            }
            let (mut list, mut reading) = (List::default(), Reading::<&str>::default());
            // What was there when the present reading began, and the number of the next one then; and what was put back
            // since, whatever the server thinks of it.
            let mut at_start = (server.secrets.clone(), server.next);
            let mut restored = BTreeSet::new();
            // What was there when the present reading began and has been since.
            let mut throughout = server.secrets.clone();
            let mut under_way = Some(reading.begin());
            let mut former = None;
            let mut prepared: Option<(u64, String)> = None;
            let (mut deleted_here, mut taken_out) = (BTreeSet::new(), Vec::new());
            let finish = std::iter::repeat_n(Step::Resume, 1).chain(std::iter::repeat_n(Step::Answer, 80));
            for step in steps.into_iter().chain(finish) {
                match step {
                    Step::Answer => if let Some(Command::Read(request)) = under_way.clone() {
                        let answer = match prepared.take().filter(|(ticket, _)| *ticket == request.ticket) {
                            Some((_, answer)) => answer,
                            None => server.answer(&request),
                        };
                        if reading.is_wanted(request.ticket) {
                            let (next, _) = list.page(answer.as_bytes()).unwrap();
                            under_way = reading.page(request.ticket, next);
                        }
                        if reading.state() == &State::Complete {
                            list.complete();
                        }
                        former = Some(request);
                    },
                    Step::Fail => if let Some(Command::Read(request)) = under_way.take() {
                        reading.fail(request.ticket, "failed", None);
                    },
                    Step::Busy => if let Some(Command::Read(request)) = under_way.take() {
                        under_way = reading.fail(request.ticket, "busy", Some(1));
                    },
                    Step::Due => if let Some(Command::Wait { ticket, .. }) = under_way {
                        under_way = reading.resume_after_wait(ticket).or(under_way);
                    },
                    Step::Create => server.create(),
                    Step::Prepare => if let Some(Command::Read(request)) = &under_way && prepared.is_none() {
                        prepared = Some((request.ticket, server.answer(request)));
                    },
                    Step::Put => {
                        let id = server.next.to_string();
                        server.create();
                        list.put(&Facts { id: &id, name: &format!("S{id}"), ..Facts::default() });
                    }
                    Step::DeleteHere(index) => if !server.secrets.is_empty() {
                        let gone = *server.secrets.iter().nth(index.index(server.secrets.len())).unwrap();
                        server.secrets.remove(&gone);
                        throughout.remove(&gone);
                        taken_out.retain(|(id, _)| *id != gone);
                        list.remove(&gone.to_string());
                        deleted_here.insert(gone.to_string());
                    },
                    Step::TakeOut(index) => if !server.secrets.is_empty() {
                        let id = *server.secrets.iter().nth(index.index(server.secrets.len())).unwrap();
                        // Only what is in the list can be taken out of it.
                        if list.rows().find(&id.to_string()).is_some() {
                            taken_out.extend(list.remove(&id.to_string()).removed.into_iter().map(|row| (id, row)));
                        }
                    },
                    Step::PutBack => if let Some((id, row)) = taken_out.pop() {
                        list.restore(row);
                        restored.insert(id);
                    },
                    Step::Delete(index) => if !server.secrets.is_empty() {
                        let gone = *server.secrets.iter().nth(index.index(server.secrets.len())).unwrap();
                        server.secrets.remove(&gone);
                        throughout.remove(&gone);
                    },
                    Step::Stop => { reading.stop(); }
                    Step::Resume => under_way = reading.resume().or(under_way),
                    Step::BeginAgain => {
                        throughout = server.secrets.clone();
                        at_start = (server.secrets.clone(), server.next);
                        restored.clear();
                        // As the console does it: whatever is here stays until all is read.
                        if list.rows().count() > 0 {
                            list.begin_again();
                        }
                        for (id, _) in &taken_out {
                            list.remove(&id.to_string());
                        }
                        under_way = Some(reading.begin());
                    }
                    Step::Search(digit) => {
                        let digit = digit.to_string();
                        let found: Vec<_> = server.secrets.iter().map(u32::to_string).filter(|it| it.contains(&digit))
                            .map(|it| json!({"metadata": {"id": it, "name": format!("S{it}")}})).collect();
                        list.found(json!({"items": found}).to_string().as_bytes()).unwrap();
                        let there: BTreeSet<&str> = list.order().map(|row| list.rows().id(row)).collect();
                        let is_out = |id: &str| taken_out.iter().any(|(out, _)| out.to_string() == id);
                        let is_there = |it: &serde_json::Value| {
                            let id = it["metadata"]["id"].as_str().unwrap();
                            there.contains(id) || is_out(id)
                        };
                        prop_assert!(found.iter().all(is_there), "what was found is here at once");
                    },
                    Step::LateAnswer => if let Some(request) = &former {
                        prop_assert!(!reading.is_wanted(request.ticket), "an answer counts once");
                    },
                }
                let ids: Vec<&str> = list.order().map(|row| list.rows().id(row)).collect();
                let distinct: BTreeSet<&str> = ids.iter().copied().collect();
                prop_assert_eq!(ids.len(), distinct.len(), "no secret twice");
                prop_assert_eq!(ids.len(), list.rows().count());
                prop_assert!(ids.iter().all(|id| !deleted_here.contains(*id)), "what was deleted here does not come back");
                if reading.state() == &State::Complete {
                    let (before, next) = &at_start;
                    let is_ghost = |id: &u32| id < next && !before.contains(id) && !restored.contains(id);
                    let ghosts: Vec<u32> = ids.iter().map(|id| id.parse().unwrap()).filter(is_ghost).collect();
                    prop_assert!(ghosts.is_empty(), "gone before the reading began: {:?}", ghosts);
                    let missing: Vec<u32> =
                        throughout.iter().copied().filter(|it| {
                            !distinct.contains(it.to_string().as_str()) && taken_out.iter().all(|(id, _)| id != it)
                        }).collect();
                    prop_assert!(missing.is_empty(), "missing: {:?}", missing);
                }
            }
            prop_assert_eq!(reading.state(), &State::Complete);
        }
    }

    #[test]
    fn what_is_changed_here_during_a_refresh_stays_where_it_is() {
        let page = |ids: &[u32], next: Option<&str>| {
            let items: Vec<_> = ids
                .iter()
                .map(|id| json!({"metadata": {"id": id.to_string(), "name": if *id == 3 { "new" } else { "old" }}}))
                .collect();
            json!({"items": items, "pagination": {"nextCursor": next}}).to_string()
        };
        let ids = |list: &List| {
            let ids = list.order().map(|row| list.rows().id(row).to_owned());
            ids.collect::<String>()
        };
        let change = Facts {
            id: "3",
            name: "new",
            ..Facts::default()
        };
        let mut list = List::default();
        list.page(page(&[1, 2, 3, 4], None).as_bytes()).unwrap();
        list.complete();
        list.begin_again();
        list.page(page(&[1], Some("a")).as_bytes()).unwrap();
        list.put(&change);
        assert_eq!(ids(&list), "1234");
        list.page(page(&[2, 3, 4], None).as_bytes()).unwrap();
        assert!(!list.complete().is_reordered);
        assert_eq!(ids(&list), "1234");
        // The server has put it where the reading had been: it is there all the same.
        list.begin_again();
        list.page(page(&[1], Some("a")).as_bytes()).unwrap();
        list.put(&change);
        list.page(page(&[2, 4], None).as_bytes()).unwrap();
        list.complete();
        assert_eq!(ids(&list), "1243");
    }

    #[test]
    fn what_a_search_brought_early_has_its_place_in_the_end() {
        let page = |ids: &[u32], next: Option<&str>| {
            let items: Vec<_> = ids
                .iter()
                .map(|id| json!({"metadata": {"id": id.to_string()}}))
                .collect();
            json!({"items": items, "pagination": {"nextCursor": next}}).to_string()
        };
        let mut list = List::default();
        let ids = |list: &List| {
            list.order()
                .map(|row| list.rows().id(row).to_owned())
                .collect::<String>()
        };
        list.page(page(&[1, 2], Some("a")).as_bytes()).unwrap();
        list.found(page(&[5, 2], None).as_bytes()).unwrap();
        assert_eq!(ids(&list), "125");
        list.page(page(&[3, 4], Some("b")).as_bytes()).unwrap();
        list.page(page(&[5, 6], None).as_bytes()).unwrap();
        list.complete();
        assert_eq!(ids(&list), "123456");
        list.begin_again();
        list.page(page(&[1, 3], Some("a")).as_bytes()).unwrap();
        list.found(page(&[9], None).as_bytes()).unwrap();
        list.page(page(&[4], None).as_bytes()).unwrap();
        assert_eq!(list.complete().removed.len(), 3);
        assert_eq!(ids(&list), "1349", "what was made meanwhile is there");
    }
}
