//! A list that is read while the server's list changes: no secret twice, and none missing that was there throughout.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;
    use strongroom_core::list::reading::{Command, Reading, Request, State};
    use strongroom_core::list::{Arrangement, LoadedList, LocalChange, Query, View};

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
        /// One that is shown is selected, or taken out of the selection.
        Select(prop::sample::Index),
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
            3 => any::<prop::sample::Index>().prop_map(Step::Select),
        ]
    }

    fn deleted(id: &str) -> LocalChange {
        LocalChange::Deleted(contract::SecretId::parse(id).unwrap())
    }

    /// A secret as the server answers its creation or its edit, at this second.
    fn put(id: &str, name: &str, at: u32) -> LocalChange {
        crate::put(&json!({"id": id, "name": name, "updatedAt": format!("2026-01-01T00:00:{at:02}Z")}))
    }

    fn ids(loaded: &LoadedList) -> Vec<String> {
        let list = loaded.list();
        list.order().map(|row| list.rows().id(row).to_owned()).collect()
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
            let (mut list, mut reading) = (LoadedList::default(), Reading::<&str>::default());
            list.begin();
            // What was there when the present reading began, and the number of the next one then.
            let mut at_start = (server.secrets.clone(), server.next);
            // What was there when the present reading began and has been since.
            let mut throughout = server.secrets.clone();
            let mut under_way = Some(reading.begin());
            let mut former = None;
            let mut prepared: Option<(u64, String)> = None;
            let (mut deleted_here, mut taken_out) = (BTreeSet::new(), Vec::<u32>::new());
            let mut selected = BTreeSet::new();
            let finish = std::iter::repeat_n(Step::Resume, 1).chain(std::iter::repeat_n(Step::Answer, 80));
            for step in steps.into_iter().chain(finish) {
                match step {
                    Step::Answer => if let Some(Command::Read(request)) = under_way.clone() {
                        let answer = match prepared.take().filter(|(ticket, _)| *ticket == request.ticket) {
                            Some((_, answer)) => answer,
                            None => server.answer(&request),
                        };
                        if reading.is_wanted(request.ticket) {
                            let before = ids(&list);
                            let next = list.page(answer.as_bytes(), 0).unwrap();
                            if list.is_complete() {
                                prop_assert_eq!(before, ids(&list), "nothing moves while a complete list is read again");
                            }
                            under_way = reading.page(request.ticket, next);
                            if reading.state() == &State::Complete {
                                list.complete(0);
                            }
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
                        list.apply(&put(&id, &format!("S{id}"), 1), 0);
                    }
                    Step::DeleteHere(index) => if !server.secrets.is_empty() {
                        let gone = *server.secrets.iter().nth(index.index(server.secrets.len())).unwrap();
                        server.secrets.remove(&gone);
                        throughout.remove(&gone);
                        taken_out.retain(|id| *id != gone);
                        list.apply(&deleted(&gone.to_string()), 0);
                        deleted_here.insert(gone.to_string());
                    },
                    Step::TakeOut(index) => if !server.secrets.is_empty() {
                        let id = *server.secrets.iter().nth(index.index(server.secrets.len())).unwrap();
                        // Only what is in the list can be taken out of it.
                        if list.hide(&id.to_string(), 0) {
                            taken_out.push(id);
                        }
                    },
                    Step::PutBack => if let Some(id) = taken_out.pop() {
                        list.unhide(&id.to_string(), 0);
                    },
                    Step::Select(index) => if !list.shown().is_empty() {
                        let row = list.shown()[index.index(list.shown().len())];
                        let id = list.list().rows().id(row).to_owned();
                        let is_selected = selected.insert(id.clone());
                        if !is_selected {
                            selected.remove(&id);
                        }
                        list.select(|selection, _| selection.set(row, is_selected));
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
                        list.begin();
                        under_way = Some(reading.begin());
                    }
                    Step::Search(digit) => {
                        let digit = digit.to_string();
                        let found: Vec<_> = server.secrets.iter().map(u32::to_string).filter(|it| it.contains(&digit))
                            .map(|it| json!({"metadata": {"id": it, "name": format!("S{it}")}})).collect();
                        list.found(json!({"items": found}).to_string().as_bytes(), 0).unwrap();
                        let there: BTreeSet<String> = ids(&list).into_iter().collect();
                        let is_out = |id: &str| taken_out.iter().any(|out| out.to_string() == id);
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
                let ids = ids(&list);
                let distinct: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
                prop_assert_eq!(ids.len(), distinct.len(), "no secret twice");
                prop_assert_eq!(ids.len(), list.list().rows().count());
                let anew = View::new(list.list(), Query::default(), None, 0);
                prop_assert_eq!(list.shown(), anew.rows());
                selected.retain(|id| distinct.contains(id.as_str()));
                let of_list: BTreeSet<String> =
                    list.selection().rows().map(|row| list.list().rows().id(row).to_owned()).collect();
                prop_assert_eq!(&of_list, &selected, "what stays is as selected as it was");
                prop_assert!(ids.iter().all(|id| !deleted_here.contains(id)), "what was deleted here does not come back");
                if reading.state() == &State::Complete {
                    let (before, next) = &at_start;
                    let is_ghost = |id: &u32| id < next && !before.contains(id);
                    let ghosts: Vec<u32> = ids.iter().map(|id| id.parse().unwrap()).filter(is_ghost).collect();
                    prop_assert!(ghosts.is_empty(), "gone before the reading began: {:?}", ghosts);
                    let missing: Vec<u32> =
                        throughout.iter().copied().filter(|it| {
                            !distinct.contains(it.to_string().as_str()) && !taken_out.contains(it)
                        }).collect();
                    prop_assert!(missing.is_empty(), "missing: {:?}", missing);
                }
            }
            prop_assert_eq!(reading.state(), &State::Complete);
        }
    }

    /// A page of secrets with a name and the second of their last change.
    fn page(secrets: &[(u32, &str, u32)], next: Option<&str>) -> Vec<u8> {
        let item = |(id, name, at): &(u32, &str, u32)| {
            let at = format!("2026-01-01T00:00:{at:02}Z");
            json!({"metadata": {"id": id.to_string(), "name": name, "updatedAt": at}})
        };
        let items: Vec<_> = secrets.iter().map(item).collect();
        json!({"items": items, "pagination": {"nextCursor": next}})
            .to_string()
            .into_bytes()
    }

    fn plain(numbers: &[u32], next: Option<&str>) -> Vec<u8> {
        let secrets: Vec<_> = numbers.iter().map(|number| (*number, "old", 1)).collect();
        page(&secrets, next)
    }

    fn complete(numbers: &[u32]) -> LoadedList {
        let mut list = LoadedList::default();
        list.begin();
        list.page(&plain(numbers, None), 0).unwrap();
        list.complete(0);
        list
    }

    fn name(list: &LoadedList, id: &str) -> String {
        let rows = list.list().rows();
        rows.find(id).map(|row| rows.name(row).to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_change_here_outlives_the_page_that_was_under_way() {
        let mut list = complete(&[1, 2, 3, 4]);
        list.begin();
        list.page(&plain(&[1], Some("a")), 0).unwrap();
        list.apply(&put("3", "new", 2), 0);
        list.apply(&put("9", "created", 2), 0);
        assert_eq!(ids(&list).concat(), "91234");
        list.page(&plain(&[2, 3, 4], None), 0).unwrap();
        list.complete(0);
        assert_eq!(ids(&list).concat(), "91234");
        assert_eq!(name(&list, "3"), "new", "the page was older");
        // The next reading sees both, and what others did since.
        list.begin();
        list.page(&page(&[(1, "old", 1), (3, "newer", 3), (9, "created", 2)], None), 0)
            .unwrap();
        list.complete(0);
        assert_eq!(ids(&list).concat(), "139");
        assert_eq!(name(&list, "3"), "newer");
    }

    #[test]
    fn what_the_reading_has_passed_by_is_there_all_the_same() {
        let mut list = complete(&[1, 2, 3, 4]);
        list.begin();
        list.page(&plain(&[1], Some("a")), 0).unwrap();
        list.apply(&put("3", "new", 2), 0);
        list.page(&plain(&[2, 4], None), 0).unwrap();
        list.complete(0);
        assert_eq!(ids(&list).concat(), "3124");
    }

    #[test]
    fn an_older_state_that_the_server_still_lists_does_not_come_back() {
        let mut list = complete(&[1, 2]);
        list.apply(&put("1", "new", 2), 0);
        list.apply(&deleted("2"), 0);
        for _ in 0..2 {
            list.begin();
            list.page(&plain(&[1, 2], None), 0).unwrap();
            assert_eq!(
                (ids(&list).concat(), name(&list, "1")),
                ("1".to_owned(), "new".to_owned())
            );
            list.complete(0);
            assert_eq!(
                (ids(&list).concat(), name(&list, "1")),
                ("1".to_owned(), "new".to_owned())
            );
            list.apply(&put("1", "new", 2), 0);
            list.apply(&deleted("2"), 0);
        }
    }

    #[test]
    fn what_was_taken_out_comes_back_where_it_was_even_after_a_refresh() {
        let mut list = complete(&[1, 2, 3]);
        assert!(list.hide("2", 0) && !list.hide("7", 0));
        list.begin();
        list.page(&plain(&[1, 2, 3, 4], None), 0).unwrap();
        list.complete(0);
        assert_eq!(ids(&list).concat(), "134");
        list.unhide("2", 0);
        assert_eq!(ids(&list).concat(), "1234");
        list.apply(&deleted("3"), 0);
        list.unhide("3", 0);
        assert_eq!(ids(&list).concat(), "124", "what is deleted stays deleted");
    }

    #[test]
    fn what_a_search_brought_early_has_its_place_in_the_end() {
        let mut list = LoadedList::default();
        list.begin();
        list.page(&plain(&[1, 2], Some("a")), 0).unwrap();
        list.found(&plain(&[5, 2], None), 0).unwrap();
        assert_eq!(ids(&list).concat(), "125");
        list.page(&plain(&[3, 4], Some("b")), 0).unwrap();
        assert_eq!(ids(&list).concat(), "12345");
        list.found(&plain(&[9], None), 0).unwrap();
        list.page(&plain(&[5, 6], None), 0).unwrap();
        list.complete(0);
        assert_eq!(ids(&list).concat(), "1234569", "what was made meanwhile is there");
    }

    #[test]
    fn a_list_that_is_incomplete_is_replaced_once_as_much_is_read_again() {
        let mut list = LoadedList::default();
        list.begin();
        list.page(&plain(&[1, 2], Some("a")), 0).unwrap();
        list.page(&plain(&[3], Some("b")), 0).unwrap();
        list.begin();
        list.page(&page(&[(1, "again", 1)], Some("a")), 0).unwrap();
        assert_eq!(
            (ids(&list).concat(), name(&list, "1")),
            ("123".to_owned(), "old".to_owned())
        );
        list.page(&plain(&[2, 3], Some("b")), 0).unwrap();
        assert_eq!(
            (ids(&list).concat(), name(&list, "1")),
            ("123".to_owned(), "again".to_owned())
        );
        list.page(&plain(&[4], None), 0).unwrap();
        assert_eq!(ids(&list).concat(), "1234");
    }

    /// The names on screen, after a reading of pages with these names.
    fn named(pages: &[&[&str]]) -> LoadedList {
        let mut list = LoadedList::default();
        list.show(Query::default(), Arrangement::ByName, 0);
        list.begin();
        let mut number = 0;
        for (index, names) in pages.iter().enumerate() {
            let secrets: Vec<(u32, &str, u32)> = (number..)
                .zip(*names)
                .map(|(number, name)| (number, *name, 1))
                .collect();
            number += 10;
            let next = (index + 1 < pages.len()).then(|| index.to_string());
            list.page(&page(&secrets, next.as_deref()), 0).unwrap();
        }
        list.complete(0);
        list
    }

    fn shown(list: &LoadedList) -> String {
        let names = list.shown().iter().map(|row| list.list().rows().name(*row));
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_list_is_sorted_by_name_once_nobody_has_to_see_it_move() {
        let list = named(&[&["k10", "K9", "k1"]]);
        assert_eq!(
            (shown(&list).as_str(), list.is_by_name()),
            ("k1 K9 k10", true),
            "nobody has seen it otherwise"
        );
        let mut list = named(&[&["k10", "k9"], &["k1"]]);
        assert_eq!((shown(&list).as_str(), list.is_by_name()), ("k10 k9 k1", false));
        assert!(list.settle(0) && !list.settle(0));
        assert_eq!((shown(&list).as_str(), list.is_by_name()), ("k1 k9 k10", true));
        list.show(Query::parse("k1"), Arrangement::ByName, 0);
        assert_eq!(
            (shown(&list).as_str(), list.is_by_name()),
            ("k1 k10", false),
            "the best match is first"
        );
        list.show(Query::default(), Arrangement::Arrival, 0);
        assert_eq!(shown(&list), "k10 k9 k1");
    }

    #[test]
    fn what_all_secrets_share_is_known_and_changes_with_them() {
        let mut list = named(&[&["a", "b"]]);
        let shared = |list: &LoadedList| {
            let pairs = list.shared().iter();
            pairs
                .map(|pair| list.list().rows().pair_texts(*pair).0.to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(shared(&list), "");
        let labelled = |id: &str, labels: &[&str]| {
            let labels: serde_json::Map<String, serde_json::Value> =
                labels.iter().map(|label| ((*label).to_owned(), "x".into())).collect();
            crate::put(&json!({"id": id, "name": id, "labels": labels, "updatedAt": "2026-01-01T00:00:09Z"}))
        };
        list.apply(&labelled("0", &["env", "team"]), 0);
        assert_eq!(shared(&list), "");
        let version = list.version();
        list.apply(&labelled("1", &["env", "tier"]), 0);
        assert_eq!(shared(&list), "env");
        assert_ne!(list.version(), version, "all rows are to be drawn again");
        let row = list.list().rows().find("0").unwrap();
        let own: Vec<_> = list.list().rows().labels_except(row, list.shared()).collect();
        assert_eq!(own, [("team", "x")]);
        assert!(list.hide("1", 0));
        assert_eq!(shared(&list), "", "one alone shares nothing");
    }

    /// A list that stays open for hours is refreshed and changed again and again.
    #[test]
    fn its_memory_does_not_grow_with_time() {
        let numbers: Vec<u32> = (0..3000).collect();
        let mut list = complete(&numbers);
        let once = list.list().rows().capacity();
        for round in 0..8 {
            for number in &numbers {
                list.apply(&put(&number.to_string(), &format!("round {round}"), round), 0);
            }
            list.begin();
            list.page(&plain(&numbers, None), 0).unwrap();
            list.complete(0);
        }
        let capacity = list.list().rows().capacity();
        assert!(capacity < once * 3 / 2, "{capacity} after {once}");
    }
}
