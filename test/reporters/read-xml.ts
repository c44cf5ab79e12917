import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly content: readonly (XmlElement | string)[];
}

interface Draft extends XmlElement {
  readonly content: (Draft | string)[];
}

/** The root of a document. Throws where it is not well-formed XML 1.0. */
export function readXml(document: string): XmlElement {
  const root: Draft = { name: '', attributes: {}, content: [] };
  const open: Draft[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Draft = { name, attributes, content: [] };
    open.at(-1)?.content.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => open.at(-1)?.content.push(text));
  parser.write(document).close();
  const [first] = childrenOf(root);
  if (first === undefined) throw new Error('no element');
  return first;
}

export function childrenOf({ content }: XmlElement): readonly XmlElement[] {
  return content.filter((each) => typeof each !== 'string');
}

/** Every element of the name, in the order of the document. */
export function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
  return childrenOf(element).flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}

/** All text inside, that of elements of the name left out. */
export function textOf(element: XmlElement, without?: string): string {
  return element.content.map((each) => (typeof each === 'string' ? each : each.name === without ? ' ' : textOf(each, without))).join('');
}
