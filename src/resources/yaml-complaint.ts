/** What a parser of YAML complains of: the code of its error, and its own words, which are of use only to tell cases of a code apart. */
export interface YamlComplaint {
  readonly code: string;
  readonly message: string;
}

type Words = readonly [message: string, hint?: string];

const unclosed: Words = ['a [ or { before this place is not closed', 'end it with ] or }'];
const crookedItem: Words = ['this item is not indented as those before it', 'the dashes of a list stand below each other'];
const twoColons: Words = ['there is a second colon with a space on this line', "put a text that holds ': ' in quotes"];

/**
 * What is wrong and what to do, in words for people who never read the YAML specification. It never quotes the file, which may hold a
 * value. Codes as in https://eemeli.org/yaml/#errors
 */
export function explainYaml({ code, message }: YamlComplaint): Words {
  const says = (words: string): boolean => message.includes(words);
  switch (code) {
    case 'MISSING_CHAR':
      return missing(says);
    case 'BAD_INDENT':
      if (says('must be sufficiently indented')) return unclosed;
      return says('sequence items')
        ? crookedItem
        : ['this line is not indented as those before it', 'the keys of one map stand below each other'];
    case 'BLOCK_IN_FLOW':
      return ['a [ or { before this place is not closed, or a comma is missing', 'end it with ] or }'];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return says('sequence') ? crookedItem : twoColons;
    case 'MULTILINE_IMPLICIT_KEY':
      return ['a key goes over more than one line', 'is there no colon behind it, or a quote that is not closed?'];
    case 'BAD_SCALAR_START':
      return ['a text cannot begin with this character', 'put it in quotes'];
    case 'BAD_ALIAS':
      return ['after * or & the name of an anchor is missing', 'put a text that begins with * or & in quotes'];
    case 'BAD_DQ_ESCAPE':
      return ['this backslash begins no escape of YAML', 'write \\\\, or put the text in single quotes'];
    case 'DUPLICATE_KEY':
      return ['this key is here for the second time', 'keep one of them'];
    case 'TAB_AS_INDENT':
      return ['a tab stands where YAML wants spaces', 'indent with spaces'];
    case 'UNEXPECTED_TOKEN':
      if (says('block-seq-ind')) return ['a list cannot begin on the line of its key', 'begin it on the next line'];
      if (says('at node end')) return ['something stands behind the end of this value', 'put the whole text in quotes'];
      if (says('empty item') || says('Unexpected ,')) return ['there is a comma too many', 'remove it'];
      return ['this cannot stand here', 'is a quote, a bracket or a colon missing before it?'];
    case 'RESOURCE_EXHAUSTION':
      return ['it nests too deeply'];
    default:
      return [`this is not YAML as it should be (${code})`];
  }
}

function missing(says: (words: string) => boolean): Words {
  if (says('Missing closing')) return ['a quote is not closed', 'end the text with the quote that it begins with'];
  if (says('must end with a')) return unclosed;
  if (says('Missing ,')) return ['a comma is missing between two items in [ ] or { }'];
  if (says('space after :')) return ['a space is missing behind the colon'];
  if (says('map values')) return ['behind this key a colon is missing', 'write KEY: VALUE; a text of several lines begins with | or >'];
  if (says('without - indicator')) return ['an item of this list has no dash', 'begin it with - below the other dashes'];
  if (says('Comments')) return ['a space is missing before #', 'put a text that holds # in quotes'];
  return ['something is missing here', 'is there a space behind the tag, the colon or the dash?'];
}
