//! Rust text as tokens: enough of the language to find names, with comments and texts left out.
//!
//! Tokens and no syntax tree, because paths also stand in the arguments of macros, which no syntax tree shows.

/// What a place of the text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A keyword or name.
    Word(String),
    /// `::`.
    Colons,
    Sign(char),
}

/// A token and the line that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    /// Counted from 1.
    pub line: usize,
}

impl Token {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Colons | Kind::Sign(_) => None,
        }
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts a file into tokens. Comments, texts, characters, numbers and lifetimes leave none.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { text: text.chars().collect(), at: 0, line: 1, tokens: Vec::new() };
    while reader.at < reader.text.len() {
        reader.next();
    }
    reader.tokens
}

struct Reader {
    text: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.text.get(self.at + ahead).copied().unwrap_or('\0')
    }

    /// Moves on by one character, counting lines.
    fn step(&mut self) {
        if self.peek(0) == '\n' {
            self.line += 1;
        }
        self.at += 1;
    }

    fn push(&mut self, kind: Kind, line: usize) {
        self.tokens.push(Token { kind, line });
    }

    fn next(&mut self) {
        let (c, line) = (self.peek(0), self.line);
        match c {
            '/' if self.peek(1) == '/' => {
                while self.at < self.text.len() && self.peek(0) != '\n' {
                    self.step();
                }
            }
            '/' if self.peek(1) == '*' => self.block_comment(),
            '"' => self.quoted(),
            '\'' => self.quote(),
            ':' if self.peek(1) == ':' => {
                self.at += 2;
                self.push(Kind::Colons, line);
            }
            _ if c.is_alphabetic() || c == '_' => self.word(),
            _ if c.is_ascii_digit() => {
                while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                    self.step();
                }
            }
            _ => {
                self.step();
                if !c.is_whitespace() {
                    self.push(Kind::Sign(c), line);
                }
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.step();
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    /// A text in quotation marks, with escapes.
    fn quoted(&mut self) {
        self.step();
        while self.at < self.text.len() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                self.step();
            }
            self.step();
        }
        self.step();
    }

    /// A text without escapes, behind `r`: ends with a quotation mark and as many `#` as it begins with.
    fn raw(&mut self) {
        let mut marks = 0;
        while self.peek(0) == '#' {
            marks += 1;
            self.step();
        }
        self.step();
        while self.at < self.text.len() {
            if self.peek(0) == '"' && (1..=marks).all(|n| self.peek(n) == '#') {
                self.at += 1 + marks;
                return;
            }
            self.step();
        }
    }

    /// A character or a lifetime.
    fn quote(&mut self) {
        self.step();
        if self.peek(0) == '\\' {
            // The escaped character may itself be a quotation mark.
            self.at += 2;
            while self.at < self.text.len() && self.peek(0) != '\'' {
                self.step();
            }
            self.step();
        } else if self.peek(1) == '\'' {
            self.at += 2;
        } else {
            while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                self.step();
            }
        }
    }

    fn word(&mut self) {
        let (start, line) = (self.at, self.line);
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            self.step();
        }
        let word: String = self.text[start..self.at].iter().collect();
        match (word.as_str(), self.peek(0)) {
            ("r" | "br" | "cr", '"') => self.raw(),
            ("r" | "br" | "cr", '#') if matches!(self.peek(1), '"' | '#') => self.raw(),
            // `r#type` is the name `type`.
            ("r", '#') => self.step(),
            ("b" | "c", '"') => self.quoted(),
            ("b", '\'') => self.quote(),
            _ => self.push(Kind::Word(word), line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn words(text: &str) -> Vec<String> {
        tokens(text).iter().filter_map(|token| token.word().map(str::to_owned)).collect()
    }

    #[test]
    fn comments_texts_characters_and_lifetimes_leave_no_names() {
        let text = r###"
            a // crate::b
            /* c /* d */ e */ f
            "g \" h" i r#"j " k"# l 'm' n '\'' o '\u{e9}' p b"q" s 't, u<'static> 1_000u32 b'\\' v
        "###;
        assert_eq!(words(text), ["a", "f", "i", "l", "n", "o", "p", "s", "u", "v"]);
    }

    #[test]
    fn paths_keep_their_colons_and_lines() {
        let tokens = tokens("use\ncrate::r#type;");
        let lines: Vec<usize> = tokens.iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 2, 2, 2]);
        assert_eq!(tokens[2].kind, Kind::Colons);
        assert_eq!(tokens[3].word(), Some("type"));
    }
}
