import { UserError } from '../../model/errors.ts';
import { isObject } from './json.ts';
import { jsonMistake, parseJsonTemplate } from './json-template.ts';
import { checkText, problemAt, type ParsedText } from './template-text.ts';
import { parseYamlTemplate } from './yaml-template.ts';

/** A template, or a file beside it, as it was parsed: JSON where it is JSON, else YAML. */
export interface ParsedFile extends ParsedText {
  readonly text: string;
}

/** Throws UserError `input-invalid` with the place of a mistake, without quoting the text. */
export function parseFile(given: string, file: string): ParsedFile {
  const text = checkText(given, file);
  if (!/^\s*[{[]/.test(text)) return { text, ...parseYamlTemplate(text, file) };
  const json = parseJsonTemplate(text, file);
  if (json !== undefined) return { text, ...json };
  try {
    // Maps in braces are YAML too, and CloudFormation takes them.
    return { text, ...parseYamlTemplate(text, file) };
  } catch (error) {
    if (error instanceof UserError) throw problemAt(text, jsonMistake(text), file, 'this is not JSON as it should be');
    throw error;
  }
}

const hasType = /["']?\bType["']?\s{0,20}:\s{0,20}["']?(?:AWS|Custom|Alexa)::/;

/** Whether a text is, or means to be, a CloudFormation template: told by its content, without parsing it. */
export function looksLikeTemplate(text: string): boolean {
  const open = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (/^["']?AWSTemplateFormatVersion["']?[ \t]{0,20}:/m.test(open)) return true;
  if (/^\s*\{/.test(open)) {
    if (/"AWSTemplateFormatVersion"\s{0,20}:\s{0,20}"/.test(open)) return true;
    return /"Resources"\s{0,20}:\s{0,20}\{/.test(open) && hasType.test(open);
  }
  return /^["']?Resources["']?[ \t]{0,20}:/m.test(open) && hasType.test(open);
}

/** The outermost map of a template. Throws UserError `input-invalid` for anything else. */
export function rootOf({ value, text, span }: ParsedFile, file: string): { readonly [key: string]: unknown } {
  if (!isObject(value)) throw problemAt(text, span([]).start, file, 'a template is a map with Resources');
  return value;
}
