"""Components, base templates, template tags, gallery and links. No tables; knows no room."""
