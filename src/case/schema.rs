//! The JSON Schema of a case file and of a unit's profile, for editors: draft 2020-12.

use schemars::generate::SchemaSettings;
use serde_json::{Value as Json, json};

use super::field::Value;
use super::model::{Case, Unit};

/// Returns the JSON Schema of a case file.
pub fn case() -> Json {
    document::<Case>("engross case file")
}

/// Returns the JSON Schema of a unit's profile.
pub fn unit() -> Json {
    document::<Unit>("engross unit profile")
}

fn document<T: Value>(title: &str) -> Json {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let schema = T::schema(&mut generator);
    let definitions = generator.take_definitions(true);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "allOf": [schema],
        "$defs": definitions,
    })
}
