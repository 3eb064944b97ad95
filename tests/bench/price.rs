//! The published price list, and what a run would have cost by it.

use serde::Deserialize;

use crate::adapted::{Count, Counts};

/// The list, with its date and sources.
const LIST: &str = include_str!("prices.json");

/// Prices in dollars.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Prices {
    /// The day on which the list was read.
    pub(crate) read: String,
    worker_requests_per_million: f64,
    worker_cpu_ms_per_million: f64,
    object_requests_per_million: f64,
    socket_messages_per_object_request: f64,
    gb_seconds_per_million: f64,
    object_gb: f64,
    rows_written_per_million: f64,
    rows_read_per_million: f64,
    stored_gb_month: f64,
    assumed: Assumed,
}

/// What no run on one machine can tell.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct Assumed {
    active_ms_per_event: f64,
    worker_cpu_ms_per_request: f64,
    empty_database_bytes: f64,
    bytes_per_message: f64,
}

/// Dollars, by what they are for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Bill {
    /// Requests to the Worker, and their processor time.
    pub(crate) worker: f64,
    /// Requests to objects.
    pub(crate) requests: f64,
    /// The time that objects are active.
    pub(crate) duration: f64,
    /// Rows written and read.
    pub(crate) rows: f64,
    /// A month of keeping it.
    pub(crate) storage: f64,
}

impl Bill {
    /// All together.
    pub(crate) fn total(self) -> f64 {
        self.worker + self.requests + self.duration + self.rows + self.storage
    }

    /// Its parts with their names.
    pub(crate) const fn parts(self) -> [(&'static str, f64); 5] {
        [
            ("worker", self.worker),
            ("object_requests", self.requests),
            ("duration", self.duration),
            ("rows", self.rows),
            ("storage_month", self.storage),
        ]
    }
}

impl Prices {
    /// The list that is kept with the project.
    ///
    /// # Panics
    /// If it is damaged.
    pub(crate) fn listed() -> Self {
        serde_json::from_str(LIST).expect("the price list is JSON")
    }

    /// Requests that are billed for one class of objects.
    pub(crate) fn requests(&self, count: Count) -> f64 {
        number(count.fetch + count.alarm) + number(count.message) / self.socket_messages_per_object_request
    }

    /// Requests that are billed for all objects.
    pub(crate) fn all_requests(&self, counts: &Counts) -> f64 {
        counts.objects().into_values().map(|count| self.requests(count)).sum()
    }

    /// What a run costs in which as many conversations took place, with as many messages in all.
    pub(crate) fn bill(&self, counts: &Counts, conversations: f64, messages: f64) -> Bill {
        let mut bill = Bill::default();
        let worker_requests = number(counts.worker.fetch);
        bill.worker = worker_requests * self.worker_requests_per_million / 1e6
            + worker_requests * self.assumed.worker_cpu_ms_per_request * self.worker_cpu_ms_per_million / 1e6;
        for count in counts.objects().into_values() {
            let events = number(count.fetch + count.alarm + count.message);
            let seconds = events * self.assumed.active_ms_per_event / 1e3;
            bill.requests += self.requests(count) * self.object_requests_per_million / 1e6;
            bill.duration += seconds * self.object_gb * self.gb_seconds_per_million / 1e6;
            bill.rows += number(count.rows_billed()) * self.rows_written_per_million / 1e6
                + number(count.rows_read) * self.rows_read_per_million / 1e6;
        }
        let Assumed { empty_database_bytes, bytes_per_message, .. } = self.assumed;
        let bytes = conversations * empty_database_bytes + messages * bytes_per_message;
        bill.storage = bytes / 1e9 * self.stored_gb_month;
        bill
    }
}

/// A count as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts of one run")]
pub(crate) const fn number(count: u64) -> f64 {
    count as f64
}
