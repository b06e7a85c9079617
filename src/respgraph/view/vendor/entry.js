// What the page uses of sigma and graphology, under one name.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeProgram, NodePointProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

globalThis.respgraphSigma = Object.freeze({ Graph, Sigma, EdgeProgram, NodePointProgram, floatColor });
