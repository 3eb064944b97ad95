//! Schemas of wire types, gathered where the document refers to them.

use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

/// Where the document keeps what several places refer to.
const DEFINITIONS: &str = "/components/schemas";

/// Two gatherings: what is read and what is written can differ in which fields must be there.
#[derive(Debug)]
pub(crate) struct Schemas {
    sent: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Schemas {
    pub(crate) fn new() -> Self {
        let generator = |contract| {
            let settings = SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = DEFINITIONS.into();
                settings.contract = contract;
                settings.meta_schema = None;
            });
            settings.into_generator()
        };
        Self { sent: generator(Contract::Deserialize), answered: generator(Contract::Serialize) }
    }

    /// What is sent to us.
    pub(crate) fn sent<T: JsonSchema>(&mut self) -> Value {
        self.sent.subschema_for::<T>().to_value()
    }

    /// What we answer.
    pub(crate) fn answered<T: JsonSchema>(&mut self) -> Value {
        self.answered.subschema_for::<T>().to_value()
    }

    /// The fields of a query, with their schemas and whether they must be there.
    pub(crate) fn fields<T: JsonSchema>(&mut self) -> Vec<(String, Value)> {
        let schema = self.sent.root_schema_for::<T>().to_value();
        let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        fields.into_iter().collect()
    }

    /// All that was referred to. A type that is read as well as written must look the same both ways.
    ///
    /// # Panics
    /// If it does not: the document would be wrong about one of them.
    pub(crate) fn definitions(mut self) -> Map<String, Value> {
        let mut all = self.sent.take_definitions(true);
        for (name, schema) in self.answered.take_definitions(true) {
            let other = all.insert(name.clone(), schema.clone());
            assert!(other.is_none_or(|other| other == schema), "{name} is read otherwise than it is written");
        }
        all
    }
}
