//! Puts functions that are alike next to each other: the same module, which travels in fewer bytes.
//!
//! The order of functions in a module means nothing. wasm-opt puts first what is called most, for whose numbers a byte is
//! enough; brotli gains more where one function begins like the one before.

use anyhow::{Context, Result};
use wasm_encoder::reencode::{self, Reencode};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload};

/// Returns the module with its functions in another order: by what they take and give, and those by their bytes.
///
/// # Errors
/// If it is no module.
pub(super) fn alike_together(module: &[u8]) -> Result<Vec<u8>> {
    let order = Order::of(module).context("the module is not understood")?;
    let mut ordered = wasm_encoder::Module::new();
    order.clone().parse_core_module(&mut ordered, Parser::new(0), module)?;
    Ok(ordered.finish())
}

/// A new order of the functions that a module has of its own.
#[derive(Clone)]
struct Order {
    /// How many it imports; they come before its own in the numbers.
    imported: u32,
    /// The old places of its own functions, in the new order.
    old: Vec<usize>,
    /// The new place of each by its old one.
    new: Vec<u32>,
}

impl Order {
    fn of(module: &[u8]) -> Result<Self> {
        let (mut imported, mut types, mut bodies) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    types = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                _ => {}
            }
        }
        let mut old: Vec<usize> = (0..bodies.len()).collect();
        old.sort_by(|one, other| {
            let key = |place: &usize| (types.get(*place), bodies.get(*place));
            key(one).cmp(&key(other))
        });
        let mut new = vec![0; old.len()];
        for (place, function) in (0..).zip(&old) {
            new[*function] = place;
        }
        Ok(Self { imported, old, new })
    }
}

impl Reencode for Order {
    type Error = core::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Self::Error>> {
        let own = function.checked_sub(self.imported).and_then(|own| usize::try_from(own).ok());
        Ok(own.and_then(|own| self.new.get(own)).map_or(function, |place| place + self.imported))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut wasm_encoder::FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for place in self.old.clone() {
            functions.function(self.type_index(types[place])?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut wasm_encoder::CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let bodies: Vec<_> = section.into_iter().collect::<Result<_, _>>()?;
        for place in self.old.clone() {
            self.parse_function_body(code, bodies[place].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function,
        FunctionSection, Module, RefType, TableSection, TableType, TypeSection, ValType,
    };

    use super::*;

    /// Three functions that give 3, 1 and what the first two call; exported, and in a table.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for number in [3, 1] {
            let mut function = Function::new([]);
            function.instructions().i32_const(number).end();
            functions.function(0);
            code.function(&function);
        }
        let mut sum = Function::new([]);
        sum.instructions().call(0).call(1).i32_add().end();
        functions.function(0);
        code.function(&sum);
        let mut exports = ExportSection::new();
        for (name, index) in [("three", 0), ("one", 1), ("sum", 2)] {
            exports.export(name, ExportKind::Func, index);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 2,
            maximum: None,
            shared: false,
        });
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(0), Elements::Functions([2, 0][..].into()));
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&exports);
        module.section(&elements).section(&code);
        module.finish()
    }

    /// The body of the function of each export, with the bodies of those that it calls in place of their numbers.
    fn meaning(module: &[u8]) -> Vec<(String, Vec<String>)> {
        let (mut exports, mut bodies) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload.expect("a module") {
                Payload::ExportSection(section) => {
                    exports.extend(section.into_iter().map(|export| {
                        let export = export.expect("an export");
                        (export.name.to_owned(), export.index as usize)
                    }));
                }
                Payload::CodeSectionEntry(body) => {
                    let reader = body.get_operators_reader().expect("a body");
                    bodies.push(reader.into_iter().collect::<Result<Vec<_>, _>>().expect("instructions"));
                }
                _ => {}
            }
        }
        let plain = |index: usize| format!("{:?}", bodies[index]);
        exports
            .iter()
            .map(|(name, index)| {
                let said = bodies[*index].iter().map(|operator| match operator {
                    wasmparser::Operator::Call { function_index } => plain(*function_index as usize),
                    other => format!("{other:?}"),
                });
                (name.clone(), said.collect())
            })
            .collect()
    }

    #[test]
    fn a_module_in_another_order_means_the_same() {
        let module = module();
        let ordered = alike_together(&module).expect("a module");
        assert_ne!(ordered, module, "the smaller number comes first");
        assert_eq!(meaning(&ordered), meaning(&module));
        assert_eq!(alike_together(&ordered).expect("a module"), ordered, "once is enough");
    }
}
