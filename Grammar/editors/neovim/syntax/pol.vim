" Colours without the server; where it runs, its semantic tokens refine them.
if exists("b:current_syntax")
  finish
endif

syntax case match
syntax iskeyword @,48-57,_,-

syntax keyword polDeclaration catalogue service policy role built-in includes let group ou
syntax keyword polDeclaration assign test assert
syntax keyword polEffect allow deny can cannot
syntax keyword polClause except when unless because to in as with only nobody holds outside
syntax keyword polOperator and or not has is like under any all
" The command takes this word for an argument of its own.
syntax match polOperator "\<contains\>"
syntax keyword polSubject principal context resource user service-account everyone anonymous anyone
syntax keyword polBoolean true false
syntax keyword polType Bool Int String IP Time Path Principal Set

" What follows a dot, or stands between backquotes, is a name whatever it looks like.
syntax match polName "\.\@<=[[:alpha:]_][[:alnum:]_-]*"
syntax match polName "`[^`]*`"
syntax match polNumber "\<-\?\d[0-9_]*\>"
syntax match polAnnotation "@[[:alpha:]_][[:alnum:]_-]*"
syntax match polEscape contained +\\\%(["\\nt*]\|u{\x\{1,6}}\)+
syntax region polString start=+"+ end=+"\|$+ contains=polEscape
syntax match polComment "//.*$" contains=@Spell
syntax match polDocumentation "///.*$" contains=@Spell

highlight default link polDeclaration Keyword
highlight default link polEffect Statement
highlight default link polClause Keyword
highlight default link polOperator Operator
highlight default link polSubject Special
highlight default link polBoolean Boolean
highlight default link polType Type
highlight default link polName Identifier
highlight default link polNumber Number
highlight default link polAnnotation PreProc
highlight default link polEscape SpecialChar
highlight default link polString String
highlight default link polComment Comment
highlight default link polDocumentation SpecialComment

let b:current_syntax = "pol"
