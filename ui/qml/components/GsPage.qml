import QtQuick
import QtQuick.Layouts
import "../theme"

// The frame of every screen: steps and title above, content between, back at bottom left, the one primary action at
// bottom right. Give `items` for a scrolling column, or set `plain` and fill the whole middle.
FocusScope {
    id: page

    default property alias items: scroll.items
    readonly property alias stage: stage
    property alias extras: extraRow.data
    property alias contentWidth: scroll.maxWidth
    property alias spacing: scroll.spacing
    property bool plain: false

    property string title: ""
    property string subtitle: ""
    property int step: 0
    property int steps: 0
    property string stepName: ""
    property string stepNext: ""

    property string backText: qsTr("返回")
    property bool backVisible: true
    property string primaryText: ""
    property string primaryIcon: "arrow-right"
    property bool primaryEnabled: true
    property bool footerVisible: true
    property bool condensed: false
    property bool busy: false

    signal back
    signal primary

    // Another title is another view: it begins at its beginning.
    onTitleChanged: scroll.toTop()

    function toTop(): void {
        scroll.toTop();
    }

    function reveal(item: Item): void {
        scroll.reveal(item);
    }

    // As tall as everything in it, for those who want to see it all at once.
    readonly property real fullHeight: frame.implicitHeight + scroll.flickable.contentHeight
    readonly property real footerRoom: width - 2 * GsTheme.margin - 2 * GsTheme.gap
    readonly property real footerWanted: extraRow.wanted + (backOne.visible ? backOne.implicitWidth : 0) + (primaryOne.visible ? Math.max(GsTheme.px(300), primaryOne.implicitWidth) : 0)
    readonly property bool stacked: extraRow.visibleChildren.length > 0 && (GsTheme.portrait || footerWanted > footerRoom)

    ColumnLayout {
        id: frame
        anchors.fill: parent
        spacing: 0

        GsStepHeader {
            visible: page.steps > 0 && !page.condensed
            Layout.fillWidth: true
            Layout.leftMargin: GsTheme.margin
            Layout.rightMargin: GsTheme.margin
            Layout.topMargin: GsTheme.gap
            current: page.step
            total: page.steps
            name: page.stepName
            next: page.stepNext
        }
        GsText {
            objectName: "pageTitle"
            visible: page.title !== ""
            Layout.fillWidth: true
            Layout.leftMargin: GsTheme.margin
            Layout.rightMargin: GsTheme.margin
            Layout.topMargin: page.condensed ? GsTheme.gapSmall : GsTheme.gapLarge
            text: page.title
            role: page.condensed ? "lead" : "title"
            strong: true
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        GsText {
            visible: page.subtitle !== "" && !page.condensed
            Layout.fillWidth: true
            Layout.leftMargin: GsTheme.margin
            Layout.rightMargin: GsTheme.margin
            Layout.topMargin: GsTheme.gapTiny
            text: page.subtitle
            role: "body"
            soft: true
        }
        GsScroll {
            id: scroll
            objectName: "pageScroll"
            visible: !page.plain
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: page.title === "" ? 0 : GsTheme.gap
        }
        Item {
            id: stage
            visible: page.plain
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: page.title === "" ? 0 : GsTheme.gap
        }
        Rectangle {
            visible: page.footerVisible && !page.condensed
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: GsTheme.colour.line
        }
        GridLayout {
            visible: page.footerVisible && !page.condensed
            Layout.fillWidth: true
            Layout.leftMargin: GsTheme.margin
            Layout.rightMargin: GsTheme.margin
            Layout.topMargin: GsTheme.gap
            Layout.bottomMargin: GsTheme.gap
            columns: page.stacked ? 2 : 3
            columnSpacing: GsTheme.gap
            rowSpacing: GsTheme.gapSmall

            GsButton {
                id: backOne
                objectName: "backButton"
                visible: page.backVisible
                Layout.row: page.stacked ? 1 : 0
                Layout.column: 0
                text: page.backText
                iconName: "arrow-left"
                enabled: !page.busy
                onClicked: page.back()
            }
            Item {
                Layout.row: 0
                Layout.column: page.stacked ? 0 : 1
                Layout.columnSpan: page.stacked ? 2 : 1
                Layout.fillWidth: true
                implicitHeight: extraRow.implicitHeight
                visible: !page.stacked || extraRow.visibleChildren.length > 0

                GsActions {
                    id: extraRow
                    anchors.right: parent.right
                    width: Math.min(wanted, parent.width)
                    spacing: GsTheme.portrait ? GsTheme.gapSmall : GsTheme.gap
                }
            }
            GsButton {
                id: primaryOne
                objectName: "primaryButton"
                visible: page.primaryText !== ""
                Layout.row: page.stacked ? 1 : 0
                Layout.column: !page.stacked ? 2 : page.backVisible ? 1 : 0
                Layout.columnSpan: page.stacked && !page.backVisible ? 2 : 1
                Layout.alignment: Qt.AlignRight
                Layout.minimumWidth: GsTheme.px(300)
                Layout.fillWidth: page.stacked
                kind: "primary"
                text: page.primaryText
                iconAfter: page.primaryIcon
                enabled: page.primaryEnabled && !page.busy
                onClicked: page.primary()
            }
        }
    }
}
