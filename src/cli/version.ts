export { toolVersion } from '../version.ts';
