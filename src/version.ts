declare const __VERSION__: string | undefined;

/** Version of the package, put in when it is built. */
export const toolVersion: string = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-dev';
