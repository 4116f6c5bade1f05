import type { Span } from "./source.ts";

export interface NameNode {
  /** Empty where a name is missing, which has been reported. */
  readonly text: string;
  readonly span: Span;
}

export type Operator = "+" | "-" | "*" | "/";

export type ExpressionNode =
  | { readonly kind: "number"; readonly literal: string; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  /** A syntax error, which has been reported. */
  | { readonly kind: "broken"; readonly span: Span }
  | { readonly kind: "negation"; readonly operand: ExpressionNode; readonly span: Span }
  | {
      readonly kind: "operation";
      readonly operator: Operator;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
      readonly span: Span;
    };

export interface AttributeNode {
  readonly name: NameNode;
  readonly values: readonly ExpressionNode[];
  readonly span: Span;
}

/** What stands behind a field's name: nothing, `: bits`, `[count]` or `<bound>`. */
export type ShapeNode =
  | { readonly kind: "single" }
  | { readonly kind: "bits"; readonly width: ExpressionNode }
  | { readonly kind: "array"; readonly count: ExpressionNode }
  | { readonly kind: "bounded"; readonly bound: ExpressionNode };

export interface FieldNode {
  readonly doc: string;
  readonly isOptional: boolean;
  readonly isConst: boolean;
  /** The words of a C type as one name: `unsigned short`. */
  readonly type: NameNode;
  readonly name: NameNode;
  readonly shape: ShapeNode;
  readonly attributes: readonly AttributeNode[];
  /** Which of the names that it is declared with it is, from 0, and how many those are. */
  readonly index: number;
  readonly count: number;
}

export interface ImportNode {
  readonly kind: "import";
  /** As it is written, without the quotes. */
  readonly path: string;
  readonly span: Span;
}

export interface ProtocolNode {
  readonly kind: "protocol";
  readonly doc: string;
  readonly name: NameNode;
  readonly version: ExpressionNode;
  readonly attributes: readonly AttributeNode[];
}

export interface ConstNode {
  readonly kind: "const";
  readonly doc: string;
  /** The scalar type the value must fit, when one is written. */
  readonly type: NameNode | undefined;
  readonly name: NameNode;
  readonly value: ExpressionNode;
}

export interface EnumMemberNode {
  readonly doc: string;
  readonly name: NameNode;
  readonly value: ExpressionNode | undefined;
}

export interface EnumNode {
  readonly kind: "enum";
  /** Whether all of it could be parsed. */
  readonly isWhole: boolean;
  readonly doc: string;
  readonly name: NameNode;
  readonly base: NameNode;
  readonly members: readonly EnumMemberNode[];
}

export interface RecordNode {
  readonly kind: "struct" | "message" | "entity";
  /** Whether all of it could be parsed. */
  readonly isWhole: boolean;
  readonly doc: string;
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly fields: readonly FieldNode[];
}

export interface VariantNode {
  readonly doc: string;
  readonly type: NameNode;
  readonly name: NameNode;
}

export interface UnionNode {
  readonly kind: "union";
  /** Whether all of it could be parsed. */
  readonly isWhole: boolean;
  readonly doc: string;
  readonly name: NameNode;
  readonly base: NameNode;
  readonly attributes: readonly AttributeNode[];
  readonly variants: readonly VariantNode[];
}

export interface RpcNode {
  readonly kind: "rpc";
  readonly doc: string;
  readonly name: NameNode;
  readonly request: NameNode;
  readonly reply: NameNode;
  readonly attributes: readonly AttributeNode[];
}

export type DeclarationNode = ProtocolNode | ConstNode | EnumNode | RecordNode | UnionNode | RpcNode;

/** A parsed schema: its declarations as they are written. */
export interface SchemaTree {
  readonly imports: readonly ImportNode[];
  readonly declarations: readonly DeclarationNode[];
}
