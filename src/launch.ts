// Client configs of earlier versions start this file.
import "./bin.ts";
