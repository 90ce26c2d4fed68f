// SPDX-License-Identifier: Apache-2.0

package boilerplate

import (
	"golang.org/x/net/html/atom"
)

// tagSet is a set of tags that matter to the features.
type tagSet uint32

// Tags that a box can stand in.
const (
	inArticle tagSet = 1 << iota
	inMain
	inNav
	inAside
	inFooter
	inHeader
	inFigure
	inForm
	inSection
	inList
	inTable
	inQuote
	inPre
	inDetails
	inCode
	tagCount = iota
)

func setOf(a atom.Atom) tagSet {
	switch a {
	case atom.Article:
		return inArticle
	case atom.Main:
		return inMain
	case atom.Nav, atom.Menu:
		return inNav
	case atom.Aside:
		return inAside
	case atom.Footer:
		return inFooter
	case atom.Header:
		return inHeader
	case atom.Figure, atom.Figcaption, atom.Caption:
		return inFigure
	case atom.Form, atom.Fieldset:
		return inForm
	case atom.Section:
		return inSection
	case atom.Ul, atom.Ol, atom.Dl:
		return inList
	case atom.Table:
		return inTable
	case atom.Blockquote:
		return inQuote
	case atom.Pre:
		return inPre
	case atom.Details:
		return inDetails
	}
	return 0
}

// isBlock reports whether an element starts a new block of text.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details,
		atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Hr, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup, atom.Option, atom.P,
		atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead,
		atom.Tr, atom.Ul, atom.Caption, atom.Html:
		return true
	}
	return false
}

// isSilent reports whether nothing inside an element is text for a reader.
func isSilent(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Iframe, atom.Object,
		atom.Select, atom.Textarea, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Embed, atom.Datalist,
		atom.Noembed, atom.Noframes, atom.Button, atom.Input:
		return true
	}
	return false
}
