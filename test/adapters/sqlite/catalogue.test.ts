import { catalogueContract } from "../../contracts/catalogue.ts";
import { sealedKnowledge, sqliteKnowledge } from "./knowledge.ts";

catalogueContract("SQLite", sqliteKnowledge);
catalogueContract("SQLite, sealed", sealedKnowledge);
