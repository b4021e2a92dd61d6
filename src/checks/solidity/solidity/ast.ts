// The package exports its functions alone; the types of what they return live in this file of it.
export type {
  ContractDefinition,
  FunctionDefinition,
  SourceUnit,
} from "@solidity-parser/parser/dist/src/ast-types.d.ts";
